/** Calls that are measured in turns, so that a slow minute of the machine does not fall on one of them alone. */
@NullMarked
package io.flowmaestro.connections.benchmarks.turns;

import org.jspecify.annotations.NullMarked;
