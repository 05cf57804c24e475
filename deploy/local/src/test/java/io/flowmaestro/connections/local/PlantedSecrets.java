package io.flowmaestro.connections.local;

import static io.flowmaestro.connections.local.FrontDoorClient.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.flowmaestro.connections.local.proof.Traces;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Secrets of every kind that a connection has, sent through the suite in every way in which an operation is logged, those that fail
 * among them; and the suite's own. Looks for all of them in what every process wrote.
 */
final class PlantedSecrets {

    /** What other tests and the documents send, and how the demo's own keys begin. */
    private static final List<String> OF_OTHERS =
            List.of("sk-on-record", "sk-over-a-restart", "sk-example", "sk-sample-of-alice", "sk-demo-");

    private static final Pattern TOKEN = Pattern.compile("(?:AccessToken|RefreshToken):([\\w-]{20,})");
    private static final int NAMED = 12;

    private final SuiteUnderTest suite;
    private final Map<String, String> planted = new LinkedHashMap<>();
    private final Set<String> handedOut = new TreeSet<>();

    PlantedSecrets(SuiteUnderTest suite) {
        this.suite = suite;
    }

    /**
     * Has each one stored, refused, tested, handed out, sent to a server that repeats it, refreshed, and reported as refused.
     *
     * @return the methods whose secrets a worker got
     */
    Set<String> travelEverywhere() throws Exception {
        HttpServer echo = echo();
        try {
            String url = "http://127.0.0.1:" + echo.getAddress().getPort() + "/mcp";
            planted.put("alice's token", signature(suite.token("alice")));
            planted.put("the worker's token", signature(suite.token("worker")));
            through(
                    "api_key",
                    "leak-probe",
                    new JsonObject()
                            .put("api_key", secret("api_key"))
                            .put("api_secret", secret("api_secret"))
                            .put("base_url", url));
            through(
                    "basic_auth",
                    "leak-probe",
                    new JsonObject().put("username", "probe").put("password", secret("password")));
            through(
                    "custom",
                    "leak-probe",
                    new JsonObject().put("headers", new JsonObject().put("X-Probe", secret("header"))));
            through(
                    "oauth2",
                    "demo",
                    new JsonObject()
                            .put("access_token", secret("access_token"))
                            .put("refresh_token", secret("refresh_token"))
                            .put("token_type", "Bearer")
                            .put("expires_at", System.currentTimeMillis() - 60_000));
            through("mcp", "leak-probe", mcp(url, "bearer").put("bearer_token", secret("bearer_token")));
            through("mcp", "leak-probe", mcp(url, "api_key").put("api_key", secret("api_key of MCP")));
            through(
                    "mcp",
                    "leak-probe",
                    mcp(url, "basic")
                            .put("username", "probe")
                            .put("password", secret("password of MCP"))
                            .put("headers", new JsonObject().put("X-Probe", secret("header of MCP"))));
            return Set.copyOf(handedOut);
        } finally {
            echo.stop(0);
        }
    }

    /** As if it were well, then as if it were not. */
    private void through(String method, String provider, JsonObject data) throws Exception {
        var connection = new JsonObject()
                .put("name", method)
                .put("connection_method", method)
                .put("provider", provider)
                .put("data", data);
        var stored = alice("POST", "/api/connections", connection);
        assertThat(stored.statusCode()).as(stored.body()).isIn(201, 400, 502, 504);
        if (stored.statusCode() == 201) {
            String id = new JsonObject(stored.body()).getJsonObject("data").getString("id");
            alice("POST", "/api/connections/" + id + "/test", new JsonObject());
            alice("PUT", "/api/connections/" + id, new JsonObject().put("data", data));
            if (worker("/api/credentials/" + id, new JsonObject()).statusCode() == 200) {
                handedOut.add(method);
            }
            worker("/api/mcp/" + id + "/tools/echo", new JsonObject().put("parameters", data));
            worker("/api/credentials/" + id + "/refused", new JsonObject().put("credential_version", 1));
            alice("POST", "/api/oauth/" + provider + "/refresh/" + id, new JsonObject());
            alice("DELETE", "/api/connections/" + id, new JsonObject());
        }
        alice("POST", "/api/connections/test", connection.copy());
        if (data.containsKey("server_url")) {
            alice("POST", "/api/connections/mcp/discover", data);
        }
        alice("POST", "/api/connections", connection.copy().put("unknown", data));
        alice("POST", "/api/connections", connection.copy().put("connection_method", data.encode()));
    }

    private HttpResponse<String> alice(String method, String path, JsonObject body) throws Exception {
        return suite.frontDoor()
                .send(
                        method,
                        path,
                        BodyPublishers.ofString(body.encode()),
                        "Authorization",
                        suite.frontDoor().bearer("alice"),
                        "Content-Type",
                        "application/json");
    }

    private HttpResponse<String> worker(String path, JsonObject body) throws Exception {
        return suite.frontDoor()
                .send(
                        "POST",
                        path,
                        BodyPublishers.ofString(body.encode()),
                        "Authorization",
                        suite.frontDoor().bearer("worker"),
                        "X-On-Behalf-Of",
                        ALICE,
                        "Content-Type",
                        "application/json");
    }

    private static JsonObject mcp(String url, String authentication) {
        return new JsonObject().put("server_url", url).put("auth_type", authentication);
    }

    /** With letters that are other ones in an URL. */
    private String secret(String name) {
        return planted.computeIfAbsent(name, _ -> "planted/" + UUID.randomUUID() + "+=");
    }

    private static String signature(String token) {
        return token.substring(token.lastIndexOf('.') + 1);
    }

    /** A server that refuses everything and repeats what it was sent. */
    private static HttpServer echo() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                var said = new StringBuilder();
                exchange.getRequestHeaders()
                        .forEach((name, values) -> said.append(name).append(values));
                said.append(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                byte[] body =
                        new JsonObject().put("error", said.toString()).encode().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(400, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        return server;
    }

    /** Those of the suite whose log has lines that only {@code DEBUG_CONNECTIONS} brings. */
    List<String> servicesThatLogEveryOperation() throws IOException {
        List<String> services = new ArrayList<>();
        for (String service : List.of("connection-registry", "credential-vault", "oauth-broker", "mcp-gateway")) {
            if (Files.readString(suite.home().resolve("logs/" + service + ".log"))
                    .contains(" DEBUG ")) {
                services.add(service);
            }
        }
        return services;
    }

    /** What was found of which secret in which file; never the secret itself. */
    List<String> found() throws IOException {
        List<String> found = new ArrayList<>();
        for (var secret : all().entrySet()) {
            new Traces(secret.getValue())
                    .in(suite.home().resolve("logs")).stream()
                            .map(trace -> secret.getKey() + ": " + trace)
                            .forEach(found::add);
        }
        return found;
    }

    private Map<String, String> all() throws IOException {
        Map<String, String> all = new LinkedHashMap<>(planted);
        OF_OTHERS.forEach(text -> all.put(text, text));
        try (Stream<Path> own = Files.list(suite.home().resolve("secrets"))) {
            for (Path file : own.toList()) {
                all.put(file.getFileName().toString(), Files.readString(file).strip());
            }
        }
        TOKEN.matcher(Files.readString(suite.home().resolve("demo/records.jsonl")))
                .results()
                .map(token -> token.group(1))
                .forEach(token -> all.put("token of the demo provider " + all.size(), token));
        assertThat(all).as("the suite has secrets of its own").hasSizeGreaterThan(planted.size() + NAMED);
        return all;
    }
}
