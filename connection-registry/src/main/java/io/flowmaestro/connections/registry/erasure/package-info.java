/** Erasing a user across the four services. */
@NullMarked
package io.flowmaestro.connections.registry.erasure;

import org.jspecify.annotations.NullMarked;
