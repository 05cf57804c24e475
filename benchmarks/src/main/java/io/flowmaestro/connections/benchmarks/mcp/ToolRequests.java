package io.flowmaestro.connections.benchmarks.mcp;

import io.flowmaestro.connections.benchmarks.load.Target;
import io.flowmaestro.connections.benchmarks.load.Target.Call;
import io.flowmaestro.connections.benchmarks.suite.StoredConnections.Connection;
import io.flowmaestro.connections.testing.Tokens;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The same tool call, as a worker makes it of the gateway and as an MCP client makes it of the server itself. */
final class ToolRequests {

    private static final String VERSION = "2026-07-28";
    private static final String META = "io.modelcontextprotocol/";
    private static final JsonObject ARGUMENTS = new JsonObject().put("text", "hello");
    private static final Buffer OF_A_WORKER =
            new JsonObject().put("parameters", ARGUMENTS).toBuffer();

    private ToolRequests() {}

    static Target ofWorker(String name, int gateway, List<Connection> connections) {
        var token = Tokens.worker();
        var calls = connections.stream()
                .map(connection -> new Call(
                        connection.id() + "/tools/" + LocalServer.TOOL,
                        json().add("Authorization", "Bearer " + token)
                                .add("X-On-Behalf-Of", connection.user().toString()),
                        OF_A_WORKER))
                .toList();
        return Target.posts(name, gateway, "/api/mcp/", calls);
    }

    static Target ofClient(String name, int port, String path) {
        var params = new JsonObject().put("name", LocalServer.TOOL).put("arguments", ARGUMENTS);
        var headers =
                modern("tools/call").add("Mcp-Name", LocalServer.TOOL).add("Authorization", "Bearer " + "t".repeat(51));
        return Target.posts(name, port, path, List.of(new Call(headers, message("tools/call", params))));
    }

    /** A list of all tools of one user. */
    static Target listOf(String name, int gateway, Connection one) {
        var headers = modern("tools/list").add("Authorization", "Bearer " + Tokens.user(one.user()));
        return Target.posts(name, gateway, "/mcp", List.of(new Call(headers, message("tools/list", new JsonObject()))));
    }

    private static MultiMap modern(String method) {
        return json().add("Accept", "application/json, text/event-stream")
                .add("MCP-Protocol-Version", VERSION)
                .add("Mcp-Method", method);
    }

    private static MultiMap json() {
        return MultiMap.caseInsensitiveMultiMap().add("Content-Type", "application/json");
    }

    private static Buffer message(String method, JsonObject params) {
        var meta = new JsonObject()
                .put(META + "protocolVersion", VERSION)
                .put(META + "clientCapabilities", new JsonObject())
                .put(
                        META + "clientInfo",
                        new JsonObject().put("name", "benchmark").put("version", "1"));
        return new JsonObject()
                .put("jsonrpc", "2.0")
                .put("id", 1)
                .put("method", method)
                .put("params", params.copy().put("_meta", meta))
                .toBuffer();
    }
}
