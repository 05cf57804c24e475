package io.flowmaestro.connections.local.proof.oauth;

import java.util.UUID;

/** A connection that was seeded: whose it is, and its grant at the provider. */
record Held(UUID user, UUID id, String provider, Family family) {}
