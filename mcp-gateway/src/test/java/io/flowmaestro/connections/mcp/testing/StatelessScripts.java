package io.flowmaestro.connections.mcp.testing;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What makes a fake server one of the revision 2026-07-28. */
public final class StatelessScripts {

    private StatelessScripts() {}

    /** A strict one: it has never heard of initialize. */
    public static FakeMcpServer on(FakeMcpServer server) {
        return server.on("server/discover", (request, message) -> discover(server, request, message))
                .on("initialize", (request, message) -> refuse(request, message, 404, -32601));
    }

    public static void discover(FakeMcpServer server, HttpServerRequest request, JsonObject message) {
        var info = new JsonObject().put("name", "modern").put("version", "1");
        server.result(
                request,
                message,
                new JsonObject()
                        .put("resultType", "complete")
                        .put("supportedVersions", new JsonArray().add("2026-07-28"))
                        .put("capabilities", new JsonObject().put("tools", new JsonObject()))
                        .put("_meta", new JsonObject().put("io.modelcontextprotocol/serverInfo", info)));
    }

    public static void unsupported(HttpServerRequest request, JsonObject message, String supported) {
        refuse(
                request,
                message,
                400,
                new JsonObject()
                        .put("code", -32022)
                        .put("message", "x")
                        .put("data", new JsonObject().put("supported", new JsonArray().add(supported))));
    }

    public static void refuse(HttpServerRequest request, JsonObject message, int status, int code) {
        refuse(request, message, status, new JsonObject().put("code", code).put("message", "upstream words"));
    }

    private static void refuse(HttpServerRequest request, JsonObject message, int status, JsonObject error) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(new JsonObject()
                        .put("jsonrpc", "2.0")
                        .put("id", message.getValue("id"))
                        .put("error", error)
                        .encode());
    }

    public static JsonObject asks(String method, String state) {
        var question = new JsonObject().put("method", method).put("params", new JsonObject().put("message", "?"));
        return new JsonObject()
                .put("resultType", "input_required")
                .put("inputRequests", new JsonObject().put("q", question))
                .put("requestState", state);
    }
}
