package io.flowmaestro.connections.mcp.endpoint;

import io.flowmaestro.connections.testing.Tokens;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** An MCP client of either era, as bare as a test needs it. */
final class Client {

    /** An answer: its messages, whether they came as JSON or as events. */
    record Got(int status, HttpResponse<Stream<String>> response, List<JsonObject> messages) {

        JsonObject last() {
            return messages.getLast();
        }

        JsonObject result() {
            return last().getJsonObject("result");
        }

        JsonObject error() {
            return last().getJsonObject("error");
        }

        Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }

        boolean isStream() {
            return header("content-type").orElse("").startsWith("text/event-stream");
        }
    }

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final URI url;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private int lastId;

    Client(URI address, String path, UUID user) {
        this.url = address.resolve(path);
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json, text/event-stream");
        headers.put("Authorization", "Bearer " + Tokens.user(user));
    }

    Client with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    Client without(String header) {
        headers.remove(header);
        return this;
    }

    /** Begins a session of that revision. */
    Client initialized(String version, JsonObject capabilities) {
        var answer = request(
                "initialize",
                new JsonObject()
                        .put("protocolVersion", version)
                        .put("capabilities", capabilities)
                        .put("clientInfo", new JsonObject().put("name", "test").put("version", "1")));
        answer.header("Mcp-Session-Id").ifPresent(id -> with("Mcp-Session-Id", id));
        return with("MCP-Protocol-Version", version);
    }

    Got request(String method, JsonObject params) {
        return post(message(++lastId, method, params));
    }

    /** A request of 2026-07-28, with everything that it has to say of itself. */
    Got modern(String method, JsonObject params, JsonObject capabilities) {
        var described = params.copy();
        var meta = described.getJsonObject("_meta", new JsonObject()).copy();
        described.put(
                "_meta",
                meta.put("io.modelcontextprotocol/protocolVersion", "2026-07-28")
                        .put("io.modelcontextprotocol/clientCapabilities", capabilities)
                        .put("io.modelcontextprotocol/clientInfo", new JsonObject().put("name", "test")));
        with("MCP-Protocol-Version", "2026-07-28").with("Mcp-Method", method);
        var name = params.getString(method.equals("resources/read") ? "uri" : "name");
        if (name == null) {
            without("Mcp-Name");
        } else {
            with("Mcp-Name", name);
        }
        return request(method, described);
    }

    static JsonObject message(int id, String method, JsonObject params) {
        return new JsonObject()
                .put("jsonrpc", "2.0")
                .put("id", id)
                .put("method", method)
                .put("params", params);
    }

    Got post(JsonObject message) {
        return post(message.encode());
    }

    Got post(String body) {
        return read(open(body));
    }

    /** The lines of an answer as they come, to talk in between. */
    HttpResponse<Stream<String>> open(String body) {
        return send(request().POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    Got delete() {
        return read(send(request().DELETE().build()));
    }

    /** The stream of a GET. */
    Ear listen() {
        return new Ear(send(request().GET().build()));
    }

    /** The stream of {@code subscriptions/listen}. */
    Ear listen(JsonObject notifications) {
        with("MCP-Protocol-Version", "2026-07-28").with("Mcp-Method", "subscriptions/listen");
        var meta = new JsonObject()
                .put("io.modelcontextprotocol/protocolVersion", "2026-07-28")
                .put("io.modelcontextprotocol/clientCapabilities", new JsonObject());
        var params = new JsonObject().put("notifications", notifications).put("_meta", meta);
        return new Ear(open(message(++lastId, "subscriptions/listen", params).encode()));
    }

    Got get() {
        return read(send(request().GET().build()));
    }

    private HttpRequest.Builder request() {
        var request = HttpRequest.newBuilder(url);
        headers.forEach(request::header);
        return request;
    }

    private static HttpResponse<Stream<String>> send(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofLines());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Got read(HttpResponse<Stream<String>> response) {
        var lines = response.body().toList();
        boolean events =
                response.headers().firstValue("content-type").orElse("").startsWith("text/event-stream");
        var json = events
                ? lines.stream().filter(line -> line.startsWith("data: ")).map(line -> line.substring(6))
                : Stream.of(String.join("\n", lines)).filter(text -> text.startsWith("{"));
        return new Got(
                response.statusCode(), response, json.map(JsonObject::new).toList());
    }

    static JsonObject echo() {
        return new JsonObject().put("name", "echo").put("arguments", new JsonObject().put("path", "/a"));
    }

    static JsonArray array(Object... values) {
        return new JsonArray(List.of(values));
    }
}
