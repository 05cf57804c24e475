package io.flowmaestro.connections.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The suite, its identity provider, OpenAI and Slack in one: Slack takes the second token only. */
final class Stubs implements AutoCloseable {
    static final String OPENAI = "550e8400-e29b-41d4-a716-446655440000";
    static final String SLACK = "660e8400-e29b-41d4-a716-446655440001";
    static final String FILES = "770e8400-e29b-41d4-a716-446655440002";

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final AtomicInteger token = new AtomicInteger(1);

    Stubs() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Path and credential of each. */
    List<String> requests() {
        return requests;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        requests.add(path + " " + authorization);
        byte[] body = body(path, authorization, exchange.getRequestBody().readAllBytes())
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String body(String path, String authorization, byte[] request) throws IOException {
        return switch (path) {
            case "/.well-known/openid-configuration" ->
                "{\"issuer\": \"%1$s\", \"token_endpoint\": \"%1$s/token\"}".formatted(url());
            case "/token" -> "{\"access_token\": \"worker-token\", \"expires_in\": 600}";
            case "/v1/chat/completions" -> completion(Web.JSON.readTree(request));
            case "/api/chat.postMessage" ->
                authorization.equals("Bearer at-2")
                        ? "{\"ok\": true, \"channel\": \"#n\", \"ts\": \"17.1\"}"
                        : "{\"ok\": false, \"error\": \"token_expired\"}";
            default -> "{\"success\": true, \"data\": " + data(path, Web.JSON.readTree(request)) + "}";
        };
    }

    private static String completion(JsonNode request) {
        return "{\"choices\": [{\"message\": {\"content\": " + request.at("/messages/0/content") + "}}]}";
    }

    private String data(String path, JsonNode request) {
        return switch (path) {
            case "/api/credentials/" + OPENAI ->
                credential(
                        "\"type\": \"api_key\", \"api_key\": \"sk-1\"",
                        "{\"Authorization\": \"Bearer sk-1\"}",
                        "\"" + url() + "\"");
            case "/api/credentials/" + SLACK ->
                credential("\"type\": \"oauth2\", \"scope\": [], \"access_token\": \"at-" + token + "\"", "{}", "null");
            case "/api/credentials/" + SLACK + "/refused" -> {
                token.incrementAndGet();
                yield "{\"outcome\": \"renewed\", \"credential_version\": 2}";
            }
            case "/api/mcp/" + FILES + "/call" ->
                request.path("tool").asText().equals("read_file")
                        ? "{\"text\": \"content of "
                                + request.at("/parameters/path").asText() + "\"}"
                        : "{\"text\": \"not with me\", \"isError\": true}";
            default -> throw new IllegalArgumentException(path);
        };
    }

    private static String credential(String fields, String headers, String baseUrl) {
        return "{%s, \"credential_version\": 1, \"expires_at\": null, \"apply\": {\"headers\": %s, \"query\": {}, \"base_url\": %s}}"
                .formatted(fields, headers, baseUrl);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
