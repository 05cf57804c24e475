/** Bulk rewrap: brings every stored envelope to the newest version of its owner's key. */
@NullMarked
package io.flowmaestro.connections.registry.rewrap;

import org.jspecify.annotations.NullMarked;
