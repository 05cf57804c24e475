package io.flowmaestro.connections.oauth.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/**
 * A client of ours, as the database keeps it.
 *
 * @param id what the vault knows the envelope by
 * @param envelope of {@link McpClient#write()}
 */
record RegisteredClient(UUID id, JsonNode envelope) {}
