/** Taking over connections of an older system, ids and all. */
@NullMarked
package io.flowmaestro.connections.registry.importing;

import org.jspecify.annotations.NullMarked;
