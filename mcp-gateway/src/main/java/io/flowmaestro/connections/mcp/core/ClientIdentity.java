package io.flowmaestro.connections.mcp.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Who servers are told that we are ({@code clientInfo}). */
@Singleton
public class ClientIdentity {

    private final String version;

    ClientIdentity(@ConfigProperty(name = "quarkus.application.version") String version) {
        this.version = version;
    }

    public ObjectNode info() {
        return McpJson.object()
                .put("name", "flowmaestro-connections")
                .put("title", "FlowMaestro Connections")
                .put("version", version);
    }
}
