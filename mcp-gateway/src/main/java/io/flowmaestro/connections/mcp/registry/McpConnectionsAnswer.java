package io.flowmaestro.connections.mcp.registry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.flowmaestro.connections.mcp.endpoint.destination.UserConnections;
import java.util.List;
import java.util.UUID;

@JsonIgnoreProperties(ignoreUnknown = true)
record McpConnectionsAnswer(List<Entry> data) {

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Entry(UUID id, String name) {}

    List<UserConnections.Found> found() {
        return data.stream()
                .map(entry -> new UserConnections.Found(entry.id(), entry.name()))
                .toList();
    }
}
