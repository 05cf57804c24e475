/** Sealing and rewrapping by credential-vault. */
@NullMarked
package io.flowmaestro.connections.registry.vault;

import org.jspecify.annotations.NullMarked;
