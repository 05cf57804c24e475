/** Tokens that end soon, shared out among those who refresh them. */
@NullMarked
package io.flowmaestro.connections.registry.refresh;

import org.jspecify.annotations.NullMarked;
