package io.flowmaestro.connections.mcp.client;

import java.util.UUID;

/** Whose session it is: one connection with one credential. A new credential never inherits an old session. */
public record SessionKey(UUID connection, long credentialGeneration) {}
