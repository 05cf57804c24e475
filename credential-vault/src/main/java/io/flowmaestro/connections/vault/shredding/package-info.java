/** Destroying a user's keys for good: now, with a receipt, and again after a restore, from the ledger. */
@NullMarked
package io.flowmaestro.connections.vault.shredding;

import org.jspecify.annotations.NullMarked;
