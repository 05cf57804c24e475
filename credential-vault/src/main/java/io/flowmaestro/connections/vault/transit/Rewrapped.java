package io.flowmaestro.connections.vault.transit;

import io.flowmaestro.connections.vault.envelope.Envelope;

/**
 * A record in the newest version of its key.
 *
 * @param changed false when it was that already; the envelope is the same then
 */
record Rewrapped(Envelope envelope, boolean changed) {}
