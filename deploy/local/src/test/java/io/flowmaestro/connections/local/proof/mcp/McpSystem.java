package io.flowmaestro.connections.local.proof.mcp;

import io.flowmaestro.connections.local.FreePorts;
import io.flowmaestro.connections.local.process.ChildProcess;
import io.flowmaestro.connections.local.proof.ServiceTokens;
import io.flowmaestro.connections.local.suite.Parts;
import io.flowmaestro.connections.local.suite.Service;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** What a call of an MCP tool goes through, as processes: PostgreSQL, the identity provider, vault, registry and gateway. The servers are ours. */
final class McpSystem implements AutoCloseable {
    private static final int REGISTRY = 1;
    private static final int VAULT = 2;
    private static final int GATEWAY = 4;
    private static final int LINES_OF_A_STACK = 60;
    private static final Duration START = Duration.ofSeconds(90);
    private static final String INSERT = """
        insert into registry.connections (id, user_id, name, connection_method, provider, data, mcp_server_url, last_tested_at)
        values (?, ?, 'proof', 'mcp', 'mcp', ?::jsonb, ?, now())\
        """;
    /** A proof asks more than a user may, and of servers that a user's calls would soon be kept away from. */
    private static final Map<String, String> WITHOUT_RATES = Map.of(
            "CONNECTIONS_MCP_CALLS_RATE_PER_SECOND", "1000000",
            "CONNECTIONS_MCP_CALLS_RATE_BURST", "1000000",
            "CONNECTIONS_MCP_CALLS_WATCHED", "1000");

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final Vertx hostile = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Parts parts;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ServiceTokens tokens;
    private final Workers workers;
    private final Clients clients;

    private McpSystem(Path folder) {
        parts = new Parts(folder, FreePorts.ten());
        tokens = new ServiceTokens(parts, http);
        workers = new Workers(vertx, parts.port(GATEWAY), () -> tokens.of("worker"));
        clients = new Clients(vertx, parts.port(GATEWAY), () -> tokens.of("worker"));
    }

    static McpSystem start(Path folder) throws Exception {
        var system = new McpSystem(folder);
        try {
            system.parts.postgres();
            system.parts.database("connections");
            system.parts.identityProvider();
            var vault = system.service(Service.CREDENTIAL_VAULT, VAULT, Map.of());
            var registry = system.service(Service.CONNECTION_REGISTRY, REGISTRY, Map.of());
            var gateway = system.service(Service.MCP_GATEWAY, GATEWAY, WITHOUT_RATES);
            system.awaitReady(vault, VAULT);
            system.awaitReady(registry, REGISTRY);
            system.awaitReady(gateway, GATEWAY);
            return system;
        } catch (Exception | AssertionError failure) {
            system.close();
            throw failure;
        }
    }

    private ChildProcess service(Service service, int port, Map<String, String> changes) {
        return parts.service(service, service.serviceName(), parts.port(port), changes);
    }

    private void awaitReady(ChildProcess process, int port) throws InterruptedException {
        var ready = HttpRequest.newBuilder(local(port, "/q/health/ready")).build();
        var deadline = System.nanoTime() + START.toNanos();
        while (!answers(ready)) {
            if (!process.alive()) {
                throw process.endedEarly("while starting");
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError(process.spec().name() + " is not ready:\n" + process.lastLines());
            }
            Thread.sleep(50);
        }
    }

    private boolean answers(HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    Vertx vertx() {
        return vertx;
    }

    /** For servers that keep a thread busy: what is good shares none with them. */
    Vertx hostile() {
        return hostile;
    }

    Workers workers() {
        return workers;
    }

    Clients clients() {
        return clients;
    }

    /** Stores a connection of a user of its own, without looking at its server. */
    Connected connected(JsonObject data) throws IOException, InterruptedException, SQLException {
        var connected = new Connected(UUID.randomUUID(), UUID.randomUUID());
        try (var sql = parts.connect("connections");
                var insert = sql.prepareStatement(INSERT)) {
            insert.setObject(1, connected.id());
            insert.setObject(2, connected.user());
            insert.setString(3, sealed(connected, data).encode());
            insert.setString(4, data.getString("server_url"));
            insert.executeUpdate();
        }
        return connected;
    }

    private JsonObject sealed(Connected connected, JsonObject data) throws IOException, InterruptedException {
        var request = new JsonObject()
                .put("connection_id", connected.id().toString())
                .put("purpose", "connection-data")
                .put(
                        "plaintext",
                        Base64.getEncoder().encodeToString(data.encode().getBytes(StandardCharsets.UTF_8)));
        var encrypt = HttpRequest.newBuilder(local(VAULT, "/internal/encrypt"))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + tokens.of("oauth-broker"))
                .header("X-On-Behalf-Of", connected.user().toString())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(request.encode()))
                .build();
        var answer = http.send(encrypt, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new AssertionError("not sealed: " + answer.body());
        }
        return new JsonObject(answer.body()).getJsonObject("data").getJsonObject("envelope");
    }

    /** The gateway's metrics, by name with labels. */
    String metrics() throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(local(GATEWAY, "/q/metrics")).build(), BodyHandlers.ofString())
                .body();
    }

    Path gatewaysLog() {
        return parts.home().log("mcp-gateway");
    }

    /** What the gateway's log says from the first line on that has this text: enough for a stack. */
    String logged(String text) throws IOException {
        try (var lines = Files.lines(gatewaysLog(), StandardCharsets.ISO_8859_1)) {
            return lines.dropWhile(line -> !line.contains(text))
                    .limit(LINES_OF_A_STACK)
                    .collect(Collectors.joining("\n"));
        }
    }

    private URI local(int port, String path) {
        return URI.create("http://127.0.0.1:" + parts.port(port) + path);
    }

    @Override
    public void close() {
        parts.close();
        workers.close();
        clients.close();
        hostile.close();
        vertx.close();
        http.close();
    }
}
