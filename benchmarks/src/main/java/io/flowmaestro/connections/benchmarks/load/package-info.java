/** Closed-loop HTTP load: so many calls at a time, each lane sending its next call when the one before was answered. */
@NullMarked
package io.flowmaestro.connections.benchmarks.load;

import org.jspecify.annotations.NullMarked;
