package io.flowmaestro.connections.local.proof.oauth;

import io.flowmaestro.connections.local.FreePorts;
import io.flowmaestro.connections.local.account.Account;
import io.flowmaestro.connections.local.process.ChildProcess;
import io.flowmaestro.connections.local.proof.ServiceTokens;
import io.flowmaestro.connections.local.suite.Parts;
import io.flowmaestro.connections.local.suite.Service;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Everything that a refresh needs, as processes: PostgreSQL, the identity provider, vault, registry and brokers. The providers are ours. */
final class OAuthSystem implements AutoCloseable {
    private static final int REGISTRY = 1;
    private static final int VAULT = 2;
    private static final int[] BROKERS = {3, 4, 6};
    private static final Duration START = Duration.ofSeconds(90);

    private final Vertx vertx = Vertx.vertx();
    private final Parts parts;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ServiceTokens tokens;
    private final Callers callers;
    private final List<Broker> brokers = new ArrayList<>();
    private final ScriptedProvider provider = new ScriptedProvider(vertx);
    private ChildProcess postgres;
    private ChildProcess vault;
    private ChildProcess registry;

    private OAuthSystem(Path folder) {
        parts = new Parts(folder, FreePorts.ten());
        tokens = new ServiceTokens(parts, http);
        callers = new Callers(vertx, () -> tokens.of("worker"));
    }

    static OAuthSystem start(Path folder) throws Exception {
        var system = new OAuthSystem(folder);
        try {
            ProviderFiles.write(system.parts.home().providers(), system.provider);
            system.postgres = system.parts.postgres();
            system.parts.database("connections");
            system.parts.identityProvider();
            var vault = system.parts.service(
                    Service.CREDENTIAL_VAULT, "credential-vault", system.parts.port(VAULT), Map.of());
            var registry = system.parts.service(
                    Service.CONNECTION_REGISTRY, "connection-registry", system.parts.port(REGISTRY), Map.of());
            system.vault = vault;
            system.registry = registry;
            system.awaitPeers();
            return system;
        } catch (Exception | AssertionError failure) {
            system.close();
            throw failure;
        }
    }

    /** So many brokers and no others, once they are ready. */
    List<Broker> brokers(int count, Timing timing) throws Exception {
        return brokers(Collections.nCopies(count, timing.environment()));
    }

    /** One for each of the environments. */
    List<Broker> brokers(List<Map<String, String>> changes) throws Exception {
        endBrokers();
        for (int i = 0; i < changes.size(); i++) {
            brokers.add(broker(i, changes.get(i)).start());
        }
        for (var broker : brokers) {
            broker.ready();
        }
        return List.copyOf(brokers);
    }

    private Broker broker(int index, Map<String, String> changes) throws Exception {
        Map<String, String> environment = new HashMap<>(ProviderFiles.clients());
        // Whoever is asked refreshes, and nobody else at a moment of its own; and a proof asks more than a worker may.
        environment.put("CONNECTIONS_OAUTH_BACKGROUND_AT_ONCE", "0");
        environment.put("CONNECTIONS_OAUTH_CREDENTIALS_RATE_PER_SECOND", "1000000");
        environment.put("CONNECTIONS_OAUTH_CREDENTIALS_RATE_BURST", "1000000");
        environment.putAll(changes);
        return new Broker(vertx, parts, http, "broker-" + (index + 1), parts.port(BROKERS[index]), environment);
    }

    void endBrokers() {
        brokers.forEach(broker -> {
            broker.stop();
            broker.close();
        });
        brokers.clear();
    }

    /** Until vault and registry are ready, as after an outage of the database. */
    void awaitPeers() throws InterruptedException {
        awaitReady(vault, VAULT);
        awaitReady(registry, REGISTRY);
    }

    private void awaitReady(ChildProcess process, int port) throws InterruptedException {
        var ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + parts.port(port) + "/q/health/ready"))
                .build();
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
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    Vertx vertx() {
        return vertx;
    }

    ScriptedProvider provider() {
        return provider;
    }

    Callers callers() {
        return callers;
    }

    HttpClient http() {
        return http;
    }

    /** A service's or the worker's bearer token. */
    String serviceToken(String client) {
        return tokens.of(client);
    }

    String userToken(Account account) {
        return parts.token(account);
    }

    /** By the token's own word. */
    UUID userId(Account account) {
        var claims = userToken(account).split("\\.")[1];
        var json = new JsonObject(new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8));
        return UUID.fromString(json.getString("sub"));
    }

    URI registry() {
        return URI.create("http://127.0.0.1:" + parts.port(REGISTRY));
    }

    URI vault() {
        return URI.create("http://127.0.0.1:" + parts.port(VAULT));
    }

    Path logs() {
        return parts.home().root().resolve("logs");
    }

    Connection sql() throws SQLException {
        return parts.connect("connections");
    }

    void execute(String statement) throws SQLException {
        try (var connection = sql();
                var prepared = connection.createStatement()) {
            prepared.execute(statement);
        }
    }

    /** SIGSTOP: its sockets take requests, and nobody reads them. */
    void freezeRegistry() throws IOException, InterruptedException {
        parts.signal(registry, "STOP");
    }

    void thawRegistry() throws IOException, InterruptedException {
        parts.signal(registry, "CONT");
    }

    void stopPostgresAtOnce() throws IOException, InterruptedException {
        parts.stopAtOnce(postgres);
    }

    void startPostgres() throws IOException, InterruptedException {
        postgres = parts.postgres();
    }

    @Override
    public void close() {
        endBrokers();
        parts.close();
        provider.close();
        callers.close();
        vertx.close();
        http.close();
    }
}
