/** Services with what they need around them: database, tokens of their own, connections that are stored. */
@NullMarked
package io.flowmaestro.connections.benchmarks.suite;

import org.jspecify.annotations.NullMarked;
