/** Lists in pages: conditions, cursors, limits. */
@NullMarked
package io.flowmaestro.connections.registry.listing;

import org.jspecify.annotations.NullMarked;
