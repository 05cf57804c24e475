/** Forgetting a user. */
@NullMarked
package io.flowmaestro.connections.oauth.erasure;

import org.jspecify.annotations.NullMarked;
