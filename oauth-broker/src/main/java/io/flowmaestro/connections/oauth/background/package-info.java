/** Refreshes tokens before they end, so that nobody waits for it. */
@NullMarked
package io.flowmaestro.connections.oauth.background;

import org.jspecify.annotations.NullMarked;
