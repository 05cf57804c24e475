/** One data key per key scope: made on first use, stored wrapped, cached for a short while. */
@NullMarked
package io.flowmaestro.connections.vault.keyring;

import org.jspecify.annotations.NullMarked;
