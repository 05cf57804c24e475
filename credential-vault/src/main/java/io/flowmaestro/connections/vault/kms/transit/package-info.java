/** Keys in the transit secrets engine of HashiCorp Vault or OpenBao. */
@NullMarked
package io.flowmaestro.connections.vault.kms.transit;

import org.jspecify.annotations.NullMarked;
