package io.flowmaestro.connections.registry.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.registry.data.ConnectionData;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.UUID;

/** Asks MCP servers what they offer. */
public interface ToolDiscovery {

    /**
     * How long a look may take: the longest timeout that mcp-gateway grants a connection, 120 s, and what it does before and after.
     * The gateway itself ends a look at the connection's own timeout, and its answer is the one that callers see.
     */
    Duration LONGEST = Duration.ofSeconds(140);

    /** For data that is not stored yet. */
    Uni<Discovered> discover(UUID user, ConnectionData.Mcp data);

    /** For a stored connection, whose credential the gateway fetches for itself. */
    Uni<Discovered> rediscover(UUID user, UUID connection);

    /**
     * What a server offers.
     *
     * @param tools whole definitions, each with its {@code parameters} view
     */
    record Discovered(JsonNode serverInfo, ObjectNode capabilities, ArrayNode tools) {}
}
