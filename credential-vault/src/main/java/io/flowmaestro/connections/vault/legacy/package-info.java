/** Envelopes of the systems that connections come from: read, never written. */
@NullMarked
package io.flowmaestro.connections.vault.legacy;

import org.jspecify.annotations.NullMarked;
