/** Moves FlowMaestro's connections into the registry: reads rows, has them imported, reports on each. */
@NullMarked
package io.flowmaestro.connections.migration;

import org.jspecify.annotations.NullMarked;
