package io.flowmaestro.connections.mcp.client;

import java.util.UUID;

/** Whose session it is: one user's connection with one credential. A new credential never inherits an old session. */
public record SessionKey(UUID user, UUID connection, long credentialGeneration) {}
