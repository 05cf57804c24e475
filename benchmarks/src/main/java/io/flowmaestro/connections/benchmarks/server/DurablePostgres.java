package io.flowmaestro.connections.benchmarks.server;

import io.flowmaestro.connections.database.DatabaseSetup;
import io.flowmaestro.connections.database.ServiceDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A real PostgreSQL that keeps what it committed. The embedded one would not, unless told so. */
public final class DurablePostgres implements AutoCloseable {

    /** Without these a commit costs nothing, and every figure about it is worth as much. */
    private static final List<String> DURABLE = List.of("fsync", "synchronous_commit", "full_page_writes");

    private static final String SUPERUSER = "postgres";
    private static final String DATABASE = "postgres";
    private static final String PASSWORD = "benchmark";

    private final EmbeddedPostgres server;
    private final Path data;
    private final Map<String, String> settings;

    private DurablePostgres(EmbeddedPostgres server, Path data, Map<String, String> settings) {
        this.server = server;
        this.data = data;
        this.settings = settings;
    }

    /**
     * Starts it, and asks it whether it is durable.
     *
     * @param folder on the disk that is to be measured; what is written there is removed at the end
     */
    public static DurablePostgres start(Path folder) throws IOException, SQLException {
        return start(folder, Map.of());
    }

    /**
     * The same with more settings.
     *
     * @param more of the server
     */
    public static DurablePostgres start(Path folder, Map<String, String> more) throws IOException, SQLException {
        var data = Files.createTempDirectory(folder, "postgres-");
        var builder = EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(true);
        more.forEach(builder::setServerConfig);
        DURABLE.forEach(setting -> builder.setServerConfig(setting, "on"));
        var server = builder.setServerConfig("listen_addresses", "127.0.0.1").start();
        return new DurablePostgres(server, data, settings(server));
    }

    private static Map<String, String> settings(EmbeddedPostgres server) throws SQLException {
        var settings = new LinkedHashMap<String, String>();
        settings.put("server_version", show(server, "server_version"));
        for (var setting : DURABLE) {
            settings.put(setting, show(server, setting));
            if (!"on".equals(settings.get(setting))) {
                throw new IllegalStateException("PostgreSQL runs with " + setting + " off; nothing would be measured");
            }
        }
        for (var setting : List.of("wal_sync_method", "shared_buffers", "max_wal_size")) {
            settings.put(setting, show(server, setting));
        }
        return settings;
    }

    private static String show(EmbeddedPostgres server, String setting) throws SQLException {
        return text(server, "show " + setting);
    }

    private static String text(EmbeddedPostgres server, String query) throws SQLException {
        try (var connection = DriverManager.getConnection(server.getJdbcUrl(SUPERUSER, DATABASE));
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    /**
     * Counts what is stored.
     *
     * @param table with its schema
     */
    public long rows(String table) throws SQLException {
        return Long.parseLong(text(server, "select count(*) from " + table));
    }

    /** Version, durability and memory, as the server says itself. */
    public Map<String, String> settings() {
        return settings;
    }

    /** Makes schema, roles and tables of a service, and gives the environment that leads a process to them. */
    public Map<String, String> prepare(String schema) throws SQLException {
        return prepare(DATABASE, schema, "classpath:db/migration");
    }

    /**
     * The same in another database, which is made if need be.
     *
     * @param migrations a Flyway location
     */
    public Map<String, String> prepare(String name, String schema, String migrations) throws SQLException {
        createIfMissing(name);
        var database = new ServiceDatabase(schema, PASSWORD, PASSWORD, PASSWORD);
        new DatabaseSetup(server.getJdbcUrl(SUPERUSER, name), SUPERUSER, "").prepare(database, migrations);
        return Map.of(
                "CONNECTIONS_DATABASE_URL",
                "postgresql://127.0.0.1:" + server.getPort() + "/" + name,
                "CONNECTIONS_DATABASE_USER",
                database.app(),
                "CONNECTIONS_DATABASE_PASSWORD",
                PASSWORD,
                "CONNECTIONS_JOBS_DATABASE_USER",
                database.jobs(),
                "CONNECTIONS_JOBS_DATABASE_PASSWORD",
                PASSWORD);
    }

    private void createIfMissing(String name) throws SQLException {
        try (var connection = connect(DATABASE);
                var statement = connection.createStatement()) {
            if (!statement
                    .executeQuery("select from pg_database where datname = '" + name + "'")
                    .next()) {
                statement.execute("create database " + name);
            }
        }
    }

    /** Makes a role like another one of the service's, which row security does not apply to; the password is the same. */
    public void createUnprotected(String role, String like) throws SQLException {
        try (var connection = connect(DATABASE);
                var statement = connection.createStatement()) {
            statement.execute(
                    "create role %s login bypassrls password '%s' in role %s".formatted(role, PASSWORD, like));
        }
    }

    /** As superuser. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(server.getJdbcUrl(SUPERUSER, database));
    }

    /** The folder that holds the server's data, and its log where it was told to keep one. */
    public Path data() {
        return data;
    }

    /** Processor time so far of the server and of the connections that are open now. */
    public long cpuNanos() throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
        var postmaster = ProcessHandle.of(pid).orElseThrow();
        return Stream.concat(Stream.of(postmaster), postmaster.children())
                .mapToLong(process ->
                        process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
                .sum();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
