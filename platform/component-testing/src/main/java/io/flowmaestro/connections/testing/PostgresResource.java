package io.flowmaestro.connections.testing;

import io.flowmaestro.connections.database.DatabaseSetup;
import io.flowmaestro.connections.database.ServiceDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A real PostgreSQL with the service's schema and roles, migrated from the service's own class path. */
public class PostgresResource implements QuarkusTestResourceLifecycleManager {

    private static final String URL = "connections.test.postgres-url";
    private static final String PASSWORD = "test";

    private @Nullable EmbeddedPostgres postgres;
    private String schema = "";

    @Override
    public void init(Map<String, String> arguments) {
        schema = Objects.requireNonNull(arguments.get("schema"), "initArgs must name the schema");
    }

    @Override
    public Map<String, String> start() {
        try {
            postgres = EmbeddedPostgres.builder()
                    .setPGStartupWait(Duration.ofMinutes(1))
                    .start();
            String jdbcUrl = postgres.getJdbcUrl("postgres", "postgres");
            System.setProperty(URL, jdbcUrl);
            var database = new ServiceDatabase(schema, PASSWORD, PASSWORD, PASSWORD);
            new DatabaseSetup(jdbcUrl, "postgres", "").prepare(database, migrations());
            return Map.of(
                    "CONNECTIONS_DATABASE_URL",
                    "postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
                    "CONNECTIONS_DATABASE_USER",
                    database.app(),
                    "CONNECTIONS_DATABASE_PASSWORD",
                    PASSWORD,
                    "CONNECTIONS_JOBS_DATABASE_USER",
                    database.jobs(),
                    "CONNECTIONS_JOBS_DATABASE_PASSWORD",
                    PASSWORD);
        } catch (IOException | SQLException failure) {
            throw new IllegalStateException("PostgreSQL did not start", failure);
        }
    }

    /** A service without any has a schema and roles all the same. */
    private static String migrations() throws IOException {
        return Thread.currentThread().getContextClassLoader().getResource("db/migration") == null
                ? "filesystem:" + Files.createTempDirectory("no-migrations")
                : "classpath:db/migration";
    }

    /** A connection past row security, for assertions on what is really stored. */
    public static Connection superuser() throws SQLException {
        return DriverManager.getConnection(System.getProperty(URL));
    }

    /** A connection as one of the service's roles, e.g. {@code vault_app}. */
    public static Connection as(String role) throws SQLException {
        String url = System.getProperty(URL).replaceAll("([?&])user=[^&]*", "$1user=" + role);
        return DriverManager.getConnection(url + "&password=" + PASSWORD);
    }

    @Override
    public void stop() {
        if (postgres != null) {
            try {
                postgres.close();
            } catch (IOException failure) {
                throw new IllegalStateException("PostgreSQL did not stop", failure);
            }
        }
    }
}
