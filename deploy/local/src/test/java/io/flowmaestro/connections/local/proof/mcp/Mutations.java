package io.flowmaestro.connections.local.proof.mcp;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/** A good answer, changed by chance: in its HTTP, its event stream, its JSON-RPC, its JSON or its bytes. A third stay as they are. */
final class Mutations {
    private static final List<Integer> STATUSES = List.of(
            200, 200, 200, 201, 202, 204, 301, 307, 400, 401, 403, 404, 405, 406, 410, 418, 429, 500, 502, 503, 599);
    private static final List<String> TYPES = List.of(
            "application/json",
            "text/event-stream",
            "text/html",
            "application/json; charset=utf-16",
            "",
            "text/event-stream;x=\"");
    private static final List<Object> STRANGE =
            List.of(0, -1, 1e308, "", "x".repeat(5_000), true, "\u0000", "\ud800", Long.MAX_VALUE);

    private final RandomGenerator random;

    Mutations(RandomGenerator random) {
        this.random = random;
    }

    synchronized void answer(HttpServerRequest request, JsonObject message) {
        var good = good(message);
        switch (random.nextInt(9)) {
            case 0 -> send(request, 200, "application/json", mutatedBytes(good.encode()));
            case 1 -> send(request, any(STATUSES), any(TYPES), Buffer.buffer(good.encode()));
            case 2 -> send(request, 200, "text/event-stream", mutatedBytes(events(good)));
            case 3 ->
                send(
                        request,
                        200,
                        "application/json",
                        Buffer.buffer(mutated(good).encode()));
            case 4 -> send(request, 200, "text/event-stream", Buffer.buffer(events(mutated(good))));
            case 5 -> cut(request, good.encode());
            default -> send(request, 200, random.nextBoolean() ? "application/json" : "", Buffer.buffer(good.encode()));
        }
    }

    private static JsonObject good(JsonObject message) {
        var result = switch (message.getString("method", "")) {
            case "initialize" ->
                new JsonObject()
                        .put("protocolVersion", "2025-11-25")
                        .put("capabilities", new JsonObject().put("tools", new JsonObject()))
                        .put("serverInfo", new JsonObject().put("name", "fuzz").put("version", "1"));
            case "tools/list" -> Upstream.tools(Upstream.tool());
            case "server/discover" ->
                new JsonObject()
                        .put("resultType", "complete")
                        .put("supportedVersions", new JsonArray().add("2026-07-28"))
                        .put("capabilities", new JsonObject().put("tools", new JsonObject()));
            default -> Upstream.text("done");
        };
        return Upstream.response(message.getValue("id"), result);
    }

    private String events(JsonObject message) {
        var text =
                new StringBuilder("id: 1\nretry: ").append(random.nextInt(50)).append("\n\n");
        if (random.nextBoolean()) {
            text.append(
                    "event: message\ndata: {\"jsonrpc\": \"2.0\", \"method\": \"notifications/progress\", \"params\": {}}\n\n");
        }
        return text.append("data: ").append(message.encode()).append("\n\n").toString();
    }

    /** Some members, anywhere, taken away or made something else. */
    private JsonObject mutated(JsonObject message) {
        var copy = message.copy();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            mutate(copy);
        }
        return copy;
    }

    private void mutate(JsonObject object) {
        var names = List.copyOf(object.fieldNames());
        if (names.isEmpty()) {
            object.put("x", strange());
            return;
        }
        var name = any(names);
        if (object.getValue(name) instanceof JsonObject inner && random.nextBoolean()) {
            mutate(inner);
        } else if (random.nextInt(4) == 0) {
            object.remove(name);
        } else if (random.nextInt(8) == 0) {
            object.putNull(name);
        } else {
            object.put(name, strange());
        }
    }

    private Object strange() {
        return switch (random.nextInt(4)) {
            case 0 -> new JsonObject();
            case 1 -> new JsonArray().add(new JsonObject());
            default -> any(STRANGE);
        };
    }

    private Buffer mutatedBytes(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        var length = random.nextInt(3) == 0 ? random.nextInt(bytes.length) : bytes.length;
        return Buffer.buffer(bytes).slice(0, length);
    }

    /** More is promised than comes. */
    private void cut(HttpServerRequest request, String text) {
        var part = text.substring(0, random.nextInt(text.length()));
        var response = request.response().putHeader("Content-Type", "application/json");
        response.putHeader("Content-Length", Integer.toString(text.length() + 10));
        response.write(part).onComplete(_ -> request.connection().close());
    }

    private void send(HttpServerRequest request, int status, String type, Buffer body) {
        HttpServerResponse response = request.response().setStatusCode(status);
        if (!type.isEmpty()) {
            response.putHeader("Content-Type", type);
        }
        switch (random.nextInt(12)) {
            case 0 -> response.putHeader("Mcp-Session-Id", any(List.of("s", "x".repeat(9_000), "a b")));
            case 1 -> response.putHeader("Location", "http://169.254.169.254/");
            case 2 -> response.putHeader("Content-Encoding", any(List.of("gzip", "deflate", "br", "x")));
            case 3 ->
                response.putHeader(
                        "WWW-Authenticate", any(List.of("Bearer", "Bearer error=\"", "\"", "Basic x, Bearer y=z")));
            case 4 -> response.putHeader("Retry-After", any(List.of("-1", "99999999999999999999", "soon")));
            default -> {}
        }
        response.end(status == 204 ? Buffer.buffer() : body);
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
