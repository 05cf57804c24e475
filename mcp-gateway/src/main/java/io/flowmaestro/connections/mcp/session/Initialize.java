package io.flowmaestro.connections.mcp.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.core.ClientIdentity;
import io.flowmaestro.connections.mcp.core.ServerFacts;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.flowmaestro.connections.mcp.jsonrpc.Outgoing;

/** The handshake that all revisions before 2026-07-28 begin with, on whatever transport. */
public final class Initialize {

    public static final String DONE = "notifications/initialized";

    private Initialize() {}

    public static ObjectNode request(long id, String version, ObjectNode capabilities, ClientIdentity identity) {
        return Outgoing.request(id, "initialize", params(version, capabilities, identity));
    }

    public static ObjectNode params(String version, ObjectNode capabilities, ClientIdentity identity) {
        var params = McpJson.object().put("protocolVersion", version);
        params.set("capabilities", capabilities);
        params.set("clientInfo", identity.info());
        return params;
    }

    /**
     * What the server answered.
     *
     * @throws io.flowmaestro.connections.mcp.core.McpFailure when it wants a revision that is not known here
     */
    public static ServerFacts facts(ObjectNode result) {
        var version = Revisions.require(result.path("protocolVersion").asText());
        return ServerFacts.of(version, result.path("serverInfo"), result);
    }
}
