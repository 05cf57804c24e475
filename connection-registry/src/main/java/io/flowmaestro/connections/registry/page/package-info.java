/** The page that a browser gets. */
@NullMarked
package io.flowmaestro.connections.registry.page;

import org.jspecify.annotations.NullMarked;
