/** {@code ./connections bench}: what the suite does per second, each figure beside a baseline of the same run. */
@NullMarked
package io.flowmaestro.connections.benchmarks;

import org.jspecify.annotations.NullMarked;
