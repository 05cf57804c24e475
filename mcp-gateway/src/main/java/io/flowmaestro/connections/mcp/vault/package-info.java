/** Adapter to credential-vault. */
@NullMarked
package io.flowmaestro.connections.mcp.vault;

import org.jspecify.annotations.NullMarked;
