/** In the key ring's package, because its keys are made by nobody outside. */
@NullMarked
package io.flowmaestro.connections.vault.keyring;

import org.jspecify.annotations.NullMarked;
