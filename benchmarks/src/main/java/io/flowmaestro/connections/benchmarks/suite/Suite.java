package io.flowmaestro.connections.benchmarks.suite;

import io.flowmaestro.connections.benchmarks.server.DurablePostgres;
import io.flowmaestro.connections.benchmarks.server.PackagedService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The services on one database, each with what it has to know. */
public final class Suite {

    /** More than any load here; the default protects a user from one client. */
    private static final String NO_LIMIT = "1000000";

    private static final int KEY_BYTES = 32;

    private final Path repository;
    private final DurablePostgres postgres;
    private final String database;
    private final ServiceTokens tokens;
    private final boolean profile;
    private final Map<String, String> known;
    private final Map<String, Map<String, String>> schemas = new HashMap<>();

    /** @param known to all of them */
    public Suite(
            Path repository,
            DurablePostgres postgres,
            String database,
            ServiceTokens tokens,
            boolean profile,
            Map<String, String> known) {
        this.repository = repository;
        this.postgres = postgres;
        this.database = database;
        this.tokens = tokens;
        this.profile = profile;
        this.known = new HashMap<>(known);
    }

    public PackagedService vault() throws IOException, InterruptedException, SQLException {
        var environment = on("vault", "credential-vault");
        environment.put("ENCRYPTION_KEY", freshKey());
        return remembered("CONNECTIONS_VAULT_URL", service("credential-vault", "vault", environment));
    }

    /**
     * The one registry.
     *
     * @param more that it has to know
     */
    public PackagedService registry(Map<String, String> more) throws IOException, InterruptedException, SQLException {
        var environment = on("registry", "connection-registry");
        environment.putAll(more);
        return remembered("CONNECTIONS_REGISTRY_URL", service("connection-registry", "registry", environment));
    }

    private PackagedService remembered(String name, PackagedService service) {
        known.put(name, "http://127.0.0.1:" + service.port());
        return service;
    }

    /** A replica of the broker, with a journal of its own. */
    public PackagedService broker(String name, Map<String, String> more)
            throws IOException, InterruptedException, SQLException {
        var environment = on("oauth", "oauth-broker");
        environment.put(
                "CONNECTIONS_JOURNAL_DIR",
                Files.createTempDirectory(postgres.data(), "journal-").toString());
        environment.put("CONNECTIONS_OAUTH_CREDENTIALS_RATE_PER_SECOND", NO_LIMIT);
        environment.put("CONNECTIONS_OAUTH_CREDENTIALS_RATE_BURST", NO_LIMIT);
        environment.putAll(more);
        return service("oauth-broker", name, environment);
    }

    /** A replica of the gateway. */
    public PackagedService gateway(String name, Map<String, String> more)
            throws IOException, InterruptedException, SQLException {
        var environment = on("mcp", "mcp-gateway");
        environment.put("CONNECTIONS_MCP_CALLS_RATE_PER_SECOND", NO_LIMIT);
        environment.put("CONNECTIONS_MCP_CALLS_RATE_BURST", NO_LIMIT);
        environment.putAll(more);
        return service("mcp-gateway", name, environment);
    }

    public PackagedService baseline(String name, Map<String, String> more)
            throws IOException, InterruptedException, SQLException {
        var environment = on("registry", "connection-registry");
        environment.putAll(more);
        return service("benchmarks/read-baseline", name, environment);
    }

    /** Services start side by side; a schema is made once. */
    private synchronized Map<String, String> on(String schema, String module) throws SQLException {
        if (!schemas.containsKey(schema)) {
            schemas.put(schema, postgres.prepare(database, schema, "filesystem:" + migrations(module)));
        }
        var environment = new HashMap<>(known);
        environment.putAll(schemas.getOrDefault(schema, Map.of()));
        return environment;
    }

    /** A service without any has a schema and roles all the same. */
    private Path migrations(String module) {
        var migrations = repository.resolve(module).resolve("src/main/resources/db/migration");
        return Files.isDirectory(migrations) ? migrations : postgres.data();
    }

    private PackagedService service(String module, String name, Map<String, String> environment)
            throws IOException, InterruptedException {
        return PackagedService.start(
                repository.resolve(module).resolve("target/quarkus-app"),
                output().resolve("logs").resolve(name + ".log"),
                options(name),
                environment);
    }

    private List<String> options(String name) {
        var options = new ArrayList<>(List.of(tokens.option()));
        if (profile) {
            options.add("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
                    + output().resolve(name + ".jfr"));
        }
        return options;
    }

    private Path output() {
        return repository.resolve("benchmarks/target");
    }

    private static String freshKey() {
        var key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }
}
