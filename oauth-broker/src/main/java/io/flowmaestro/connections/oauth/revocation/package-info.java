/** Ends grants at their providers: of connections that were revoked or deleted, and of tokens that nobody wants. */
@NullMarked
package io.flowmaestro.connections.oauth.revocation;

import org.jspecify.annotations.NullMarked;
