package io.flowmaestro.connections.local.proof.mcp;

import java.util.UUID;

/** A stored MCP connection. */
record Connected(UUID user, UUID id) {}
