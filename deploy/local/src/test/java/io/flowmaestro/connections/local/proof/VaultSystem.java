package io.flowmaestro.connections.local.proof;

import io.flowmaestro.connections.local.FreePorts;
import io.flowmaestro.connections.local.process.ChildProcess;
import io.flowmaestro.connections.local.suite.Parts;
import io.flowmaestro.connections.local.suite.Service;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** PostgreSQL, the identity provider and two replicas of the vault, as processes. */
final class VaultSystem implements AutoCloseable {
    static final String DATABASE = "connections";
    private static final int FIRST = 1;
    private static final int SECOND = 2;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Every secret of every proof begins with it, so that one search afterwards finds them all. */
    final String canary = "canary" + HexFormat.of().formatHex(random(12));

    private final Parts parts;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ServiceTokens tokens;
    private final Map<String, String> keys = new HashMap<>();
    private ChildProcess postgres;
    private volatile Replica first;
    private volatile Replica second;

    private VaultSystem(Path folder) {
        parts = new Parts(folder, FreePorts.ten());
        tokens = new ServiceTokens(parts, http);
        keys.put("ENCRYPTION_KEY", parts.secrets().encryptionKey());
    }

    static VaultSystem start(Path folder) throws Exception {
        var system = new VaultSystem(folder);
        try {
            system.postgres = system.parts.postgres();
            system.parts.database(DATABASE);
            system.parts.identityProvider();
            system.first = system.vault("vault-1", FIRST, Map.of());
            system.second = system.vault("vault-2", SECOND, Map.of());
            system.first.ready();
            system.second.ready();
            return system;
        } catch (Exception | AssertionError failure) {
            system.close();
            throw failure;
        }
    }

    Parts parts() {
        return parts;
    }

    Replica first() {
        return first;
    }

    Replica second() {
        return second;
    }

    List<Replica> replicas() {
        return List.of(first, second);
    }

    /** The keys that a replica is started with now. */
    Map<String, String> keys() {
        return Map.copyOf(keys);
    }

    void keys(String current, String next) {
        keys.put("ENCRYPTION_KEY", current);
        keys.put("ENCRYPTION_KEY_NEXT", next);
    }

    static String freshKey() {
        return Base64.getEncoder().encodeToString(random(32));
    }

    private static byte[] random(int bytes) {
        var random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }

    /** One after the other, with the keys of now; the other one goes on working. */
    void restartFirst() throws InterruptedException {
        first.process().stop();
        first = vault("vault-1", FIRST, Map.of()).ready();
    }

    void restartSecond() throws InterruptedException {
        second.process().stop();
        second = vault("vault-2", SECOND, Map.of()).ready();
    }

    /** One more vault, which is not waited for; with the keys of now unless the changes say otherwise. */
    Replica vault(String name, int port, Map<String, String> changes) {
        var environment = new HashMap<>(keys);
        environment.putAll(changes);
        return service(Service.CREDENTIAL_VAULT, name, port, environment);
    }

    Replica registry(int port, Map<String, String> changes) {
        return service(Service.CONNECTION_REGISTRY, "registry", port, changes);
    }

    private Replica service(Service service, String name, int port, Map<String, String> environment) {
        return new Replica(
                parts.service(service, name, parts.port(port), environment),
                new ServiceClient(parts.port(port), http, tokens));
    }

    String databaseUrl(String database) {
        return "postgresql://127.0.0.1:" + parts.port(7) + "/" + database;
    }

    Connection sql() throws SQLException {
        return parts.connect(DATABASE);
    }

    long number(String query) throws SQLException {
        try (var connection = sql();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    void execute(String statement) throws SQLException {
        try (var connection = sql();
                var prepared = connection.createStatement()) {
            prepared.execute(statement);
        }
    }

    void stopPostgresAtOnce() throws IOException, InterruptedException {
        parts.stopAtOnce(postgres);
    }

    void startPostgres() throws IOException, InterruptedException {
        postgres = parts.postgres();
    }

    @Override
    public void close() {
        parts.close();
        http.close();
    }
}
