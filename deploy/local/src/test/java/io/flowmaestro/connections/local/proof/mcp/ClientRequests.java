package io.flowmaestro.connections.local.proof.mcp;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Requests of an MCP client of either era, changed by chance: in path, headers, session, id, JSON-RPC, JSON or bytes. A
 * quarter stay as they are.
 */
final class ClientRequests {
    private static final String SESSION = "Mcp-Session-Id";
    private static final String VERSION = "MCP-Protocol-Version";
    private static final String MODERN = "2026-07-28";
    private static final List<String> METHODS = List.of(
            "initialize",
            "tools/list",
            "tools/call",
            "tools/call",
            "prompts/list",
            "resources/read",
            "completion/complete",
            "resources/subscribe",
            "logging/setLevel",
            "ping",
            "server/discover",
            "subscriptions/listen",
            "notifications/initialized",
            "notifications/cancelled");
    private static final List<String> HEADERS =
            List.of("Accept", "Content-Type", "Mcp-Method", "Mcp-Name", "Mcp-Param-x", "Origin", SESSION, VERSION);
    private static final List<String> VALUES = List.of(
            "",
            " ",
            "*/*",
            "application/json",
            "text/event-stream;q=0",
            "text/html; charset=utf-16",
            "null",
            "2024-11-05",
            "2025-11-25",
            MODERN,
            "9999-99-99",
            "tools/call",
            "=?base64?AA==?=",
            "=?base64?%%%?=",
            "x".repeat(6_000),
            "a.b.c",
            "https://evil.example");
    private static final List<Object> STRANGE = List.of(
            0,
            -1,
            1.5,
            1e308,
            "",
            "x".repeat(5_000),
            true,
            "\u0000",
            "\ud800",
            Long.MAX_VALUE,
            MODERN,
            "2.0",
            "act",
            "../../x",
            "{\"a\":1}");

    private final RandomGenerator random;

    ClientRequests(RandomGenerator random) {
        this.random = random;
    }

    /** One request. */
    record Sent(HttpMethod method, String path, Map<String, String> headers, Buffer body) {
        Sent with(Map<String, String> others) {
            return new Sent(method, path, others, body);
        }

        Sent at(String other) {
            return new Sent(method, other, headers, body);
        }

        Sent with(Buffer other) {
            return new Sent(method, path, headers, other);
        }
    }

    /** @param session that the client has from the gateway; empty for none */
    synchronized Sent next(Connected connection, String session) {
        boolean modern = random.nextBoolean();
        var message = message(any(METHODS), modern);
        var good = new Sent(
                HttpMethod.POST,
                "/mcp/" + connection.id(),
                headers(message, modern, session),
                Buffer.buffer(message.encode()));
        return switch (random.nextInt(8)) {
            case 0 -> good.with(mutatedBytes(message.encode()));
            case 1 -> good.with(Buffer.buffer(mutated(message).encode()));
            case 2 -> good.with(mutatedHeaders(good.headers()));
            case 3 ->
                good.with(mutatedHeaders(good.headers()))
                        .with(Buffer.buffer(mutated(message).encode()));
            case 4 -> other(good, message);
            case 5 ->
                new Sent(
                        any(List.of(HttpMethod.GET, HttpMethod.DELETE, HttpMethod.OPTIONS, HttpMethod.PUT)),
                        good.path(),
                        mutatedHeaders(good.headers()),
                        Buffer.buffer());
            default -> good;
        };
    }

    private Sent other(Sent good, JsonObject message) {
        return switch (random.nextInt(5)) {
            case 0 -> good.at("/mcp");
            case 1 -> good.at("/mcp/" + UUID.randomUUID());
            case 2 -> good.at("/mcp/" + any(List.of("x", "%00", "..%2f", "null")));
            case 3 ->
                good.with(
                        Buffer.buffer(new JsonArray().add(message).add(message).encode()));
            default -> good.with(Buffer.buffer("[".repeat(20_000)));
        };
    }

    private JsonObject message(String method, boolean modern) {
        var params = new JsonObject();
        switch (method) {
            case "initialize" ->
                params.put("protocolVersion", "2025-11-25")
                        .put("capabilities", new JsonObject())
                        .put("clientInfo", new JsonObject().put("name", "fuzz").put("version", "1"));
            case "tools/call" -> params.put("name", Upstream.TOOL).put("arguments", new JsonObject());
            case "resources/read", "resources/subscribe" -> params.put("uri", "file:///x");
            case "completion/complete" ->
                params.put("ref", new JsonObject().put("type", "ref/prompt").put("name", "x"))
                        .put("argument", new JsonObject().put("name", "a").put("value", "b"));
            case "logging/setLevel" -> params.put("level", "info");
            case "subscriptions/listen" -> params.put("notifications", new JsonObject().put("toolsListChanged", true));
            case "notifications/cancelled" -> params.put("requestId", 1);
            default -> {}
        }
        if (modern) {
            params.put(
                    "_meta",
                    new JsonObject()
                            .put("io.modelcontextprotocol/protocolVersion", MODERN)
                            .put("io.modelcontextprotocol/clientCapabilities", new JsonObject())
                            .put("io.modelcontextprotocol/clientInfo", new JsonObject().put("name", "fuzz")));
        }
        var message =
                new JsonObject().put("jsonrpc", "2.0").put("method", method).put("params", params);
        return method.startsWith("notifications/") ? message : message.put("id", random.nextInt(1_000_000));
    }

    private static Map<String, String> headers(JsonObject message, boolean modern, String session) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json, text/event-stream");
        if (modern) {
            headers.put(VERSION, MODERN);
            headers.put("Mcp-Method", message.getString("method"));
            var params = message.getJsonObject("params");
            var name = params.getString("name", params.getString("uri", ""));
            if (!name.isEmpty()) {
                headers.put("Mcp-Name", name);
            }
        } else if (!session.isEmpty() && !message.getString("method").equals("initialize")) {
            headers.put(SESSION, session);
        }
        return headers;
    }

    private Map<String, String> mutatedHeaders(Map<String, String> good) {
        var headers = new LinkedHashMap<>(good);
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            var name = any(HEADERS);
            switch (random.nextInt(4)) {
                case 0 -> headers.remove(name);
                case 1 -> headers.computeIfPresent(name, (_, value) -> shuffled(value));
                default -> headers.put(name, any(VALUES));
            }
        }
        return headers;
    }

    /** A session, say, of which one letter is another. */
    private String shuffled(String value) {
        if (value.isEmpty()) {
            return value;
        }
        int at = random.nextInt(value.length());
        return value.substring(0, at) + (char) random.nextInt('0', 'z') + value.substring(at + 1);
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
        if (object.getValue(name) instanceof JsonObject inner && random.nextInt(3) > 0) {
            mutate(inner);
        } else {
            switch (random.nextInt(4)) {
                case 0 -> object.remove(name);
                case 1 -> object.putNull(name);
                default -> object.put(name, strange());
            }
        }
    }

    private Object strange() {
        return switch (random.nextInt(5)) {
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

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
