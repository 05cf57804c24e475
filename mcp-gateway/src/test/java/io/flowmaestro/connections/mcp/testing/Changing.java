package io.flowmaestro.connections.mcp.testing;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Makes a fake server one that tells of changes, and remembers who listens. */
public final class Changing {

    private static final JsonObject CAPABILITIES = new JsonObject()
            .put("tools", new JsonObject().put("listChanged", true))
            .put("resources", new JsonObject().put("subscribe", true).put("listChanged", true));

    private final FakeMcpServer server;
    public final List<HttpServerResponse> listening = new CopyOnWriteArrayList<>();

    private Changing(FakeMcpServer server) {
        this.server = server;
    }

    /** In sessions, on the stream of a GET. */
    public static Changing inSessions(FakeMcpServer server) {
        var changing = new Changing(server);
        server.on("initialize", (request, message) -> {
            var session = "changing-" + server.sessions.size();
            server.sessions.add(session);
            request.response().putHeader("Mcp-Session-Id", session);
            server.result(
                    request,
                    message,
                    new JsonObject()
                            .put("protocolVersion", "2025-11-25")
                            .put("serverInfo", new JsonObject().put("name", "changing"))
                            .put("capabilities", CAPABILITIES));
        });
        server.on("resources/subscribe", (request, message) -> server.result(request, message, new JsonObject()));
        server.on("resources/unsubscribe", (request, message) -> server.result(request, message, new JsonObject()));
        server.on("GET", (request, _) -> changing.open(request).write(": hello\n\n"));
        return changing;
    }

    /** As 2026-07-28 has it. */
    public static Changing stateless(FakeMcpServer server) {
        var changing = new Changing(server);
        StatelessScripts.on(server);
        server.on(
                "server/discover",
                (request, message) -> server.result(
                        request,
                        message,
                        new JsonObject()
                                .put("resultType", "complete")
                                .put("supportedVersions", new JsonArray().add("2026-07-28"))
                                .put("capabilities", CAPABILITIES)));
        server.on("subscriptions/listen", (request, message) -> {
            var params = message.getJsonObject("params");
            var acknowledged = new JsonObject()
                    .put("notifications", params.getJsonObject("notifications"))
                    .put("_meta", mark(message.getValue("id")));
            changing.open(request).write(event("notifications/subscriptions/acknowledged", acknowledged));
        });
        return changing;
    }

    private static JsonObject mark(Object id) {
        return new JsonObject().put("io.modelcontextprotocol/subscriptionId", id);
    }

    private HttpServerResponse open(HttpServerRequest request) {
        var stream = server.stream(request);
        listening.add(stream);
        stream.closeHandler(_ -> listening.remove(stream));
        return stream;
    }

    public void tell(String method, JsonObject params) {
        listening.forEach(stream -> stream.write(event(method, params)));
    }

    /** Ends the streams that stand. */
    public void end() {
        var standing = List.copyOf(listening);
        listening.clear();
        standing.forEach(HttpServerResponse::end);
    }

    public static String event(String method, JsonObject params) {
        var message =
                new JsonObject().put("jsonrpc", "2.0").put("method", method).put("params", params);
        return "data: " + message.encode() + "\n\n";
    }
}
