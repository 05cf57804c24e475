package io.flowmaestro.connections.registry.revocation;

/**
 * Whether a provider should still be told.
 *
 * @param inHand the claim is renewed: the credential is the one that was claimed, and still to be revoked
 * @param othersLive whether its owner has another OAuth connection of the provider, as {@link DueRevocations} counts them
 */
record ClaimState(boolean inHand, boolean othersLive) {}
