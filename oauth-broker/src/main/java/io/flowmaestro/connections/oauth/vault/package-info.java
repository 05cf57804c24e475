/** Adapter to credential-vault. */
@NullMarked
package io.flowmaestro.connections.oauth.vault;

import org.jspecify.annotations.NullMarked;
