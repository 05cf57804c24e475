package io.flowmaestro.connections.local.operate.restore;

import io.flowmaestro.connections.local.FreePorts;
import io.flowmaestro.connections.local.operate.Started;
import io.flowmaestro.connections.local.operate.Tokens;
import io.flowmaestro.connections.local.suite.Parts;
import io.flowmaestro.connections.local.suite.Service;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** All four services on an empty PostgreSQL cluster, with passwords, client secrets and an identity provider of their own. */
final class WholeSuite implements AutoCloseable {
    static final String DATABASE = "connections";
    static final int REGISTRY = 1;
    static final int VAULT = 2;
    static final int BROKER = 3;
    static final int GATEWAY = 4;
    /** Of the ten, one that no part of this suite listens on. */
    static final int OTHER_VAULT = 6;

    private final Parts parts;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Tokens tokens;
    private final Map<String, String> settings;
    private final EmbeddedPostgres postgres;

    /** @param settings of every service, beyond those of a suite on this machine */
    WholeSuite(Path folder, Map<String, String> settings) throws IOException {
        this.parts = new Parts(folder, FreePorts.ten());
        this.settings = settings;
        this.tokens = new Tokens(parts, http);
        this.postgres = PostgresFloor.start(parts.port(7));
    }

    /** As the migration Job does; safe to repeat. */
    void migrate(String database) throws SQLException {
        parts.database(database, Service.values());
    }

    /** The runbook's steps from an empty database to the dump's, and on to the schema of now. */
    void restore(Path dump, String database) throws Exception {
        migrate(database);
        tools().dropSchemas(database);
        tools().restore(dump, database);
        migrate(database);
    }

    /** The dump in one more database of the cluster, whose roles are there. */
    void copy(Path dump, String database) throws Exception {
        parts.database(database, new Service[0]);
        tools().restore(dump, database);
    }

    ClientTools tools() {
        return new ClientTools(parts.port(7));
    }

    void start(Map<String, String> ofTheVault, Map<String, String> ofTheBroker) throws InterruptedException {
        parts.identityProvider();
        var vault = start(Service.CREDENTIAL_VAULT, VAULT, ofTheVault);
        var others = Stream.of(
                        start(Service.CONNECTION_REGISTRY, REGISTRY, Map.of()),
                        start(Service.OAUTH_BROKER, BROKER, ofTheBroker),
                        start(Service.MCP_GATEWAY, GATEWAY, Map.of()))
                .toList();
        vault.ready();
        for (var other : others) {
            other.ready();
        }
    }

    /** One more vault, on another database of the cluster. */
    Started otherVault(String database, Map<String, String> changes) throws InterruptedException {
        var environment = new HashMap<>(changes);
        environment.put("CONNECTIONS_DATABASE_URL", "postgresql://127.0.0.1:" + parts.port(7) + "/" + database);
        var port = parts.port(OTHER_VAULT);
        return new Started(parts.service(Service.CREDENTIAL_VAULT, "vault-on-" + database, port, environment), port)
                .ready();
    }

    private Started start(Service service, int port, Map<String, String> changes) {
        var environment = new HashMap<>(settings);
        environment.putAll(changes);
        return new Started(
                parts.service(service, service.serviceName(), parts.port(port), environment), parts.port(port));
    }

    Tokens callers() {
        return tokens;
    }

    int port(int offset) {
        return parts.port(offset);
    }

    Path providers() {
        return parts.home().providers();
    }

    Connection sql(String database) throws SQLException {
        return parts.connect(database);
    }

    @Override
    public void close() throws IOException {
        parts.close();
        postgres.close();
        http.close();
    }
}
