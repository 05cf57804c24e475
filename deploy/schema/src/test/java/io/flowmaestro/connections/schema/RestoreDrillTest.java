package io.flowmaestro.connections.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/runbooks/database.md, step by step, on two clusters of the oldest PostgreSQL that is supported, with the server's own tools. */
class RestoreDrillTest {
    private static final Path SERVER = Path.of("target/postgres-floor.jar").toAbsolutePath();

    @TempDir
    Path folder;

    @Test
    void bringsBackSchemasRolesRightsAndRowsOnAnEmptyCluster() throws Exception {
        try (EmbeddedPostgres lost = floor();
                EmbeddedPostgres empty = floor()) {
            prepare(lost);
            try (var connection = lost.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("insert into registry.users (id, email) values"
                        + " ('0190a1ce-0000-7000-8000-00000000a11c', 'alice@example.test')");
            }
            Path dump = folder.resolve("connections.dump");

            run("pg_dump", "-Fc", "-f", dump.toString(), address(lost));
            prepare(empty);
            run("psql", "-c", "drop schema registry, vault, oauth, mcp cascade", address(empty));
            run("pg_restore", "--exit-on-error", "-d", address(empty), dump.toString());
            prepare(empty);

            List<String> was = Catalog.of(lost.getPostgresDatabase());
            List<String> is = Catalog.of(empty.getPostgresDatabase());
            assertThat(was).hasSizeGreaterThan(500);
            assertThat(without(was, is)).as("what is gone").isEmpty();
            assertThat(without(is, was)).as("what was not there").isEmpty();
            assertThat(usersSeen(empty, "")).isZero();
            assertThat(usersSeen(empty, "0190a1ce-0000-7000-8000-00000000a11c")).isEqualTo(1);
        }
    }

    private static List<String> without(List<String> all, List<String> others) {
        return all.stream().filter(line -> !others.contains(line)).toList();
    }

    private static int usersSeen(EmbeddedPostgres postgres, String user) throws Exception {
        try (var connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
                        "registry_app",
                        "REGISTRY_APP_PASSWORD");
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select set_config('app.user_id', '" + user + "', true)");
            try (var seen = statement.executeQuery("select count(*) from registry.users")) {
                seen.next();
                return seen.getInt(1);
            }
        }
    }

    private static EmbeddedPostgres floor() throws IOException {
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(
                        Path.of("target/postgres-floor").toAbsolutePath().toFile())
                .setPgBinaryResolver((system, hardware) -> archive())
                .setPGStartupWait(Duration.ofMinutes(1))
                .start();
    }

    private static InputStream archive() throws IOException {
        try (var jar = new ZipFile(SERVER.toFile())) {
            var entry = jar.stream()
                    .filter(found -> found.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow();
            return new java.io.ByteArrayInputStream(jar.getInputStream(entry).readAllBytes());
        }
    }

    private static void prepare(EmbeddedPostgres postgres) {
        Map<String, String> environment = new HashMap<>();
        Settings.variables().forEach(name -> environment.put(name, name));
        environment.put("CONNECTIONS_DATABASE_URL", address(postgres).replace("postgres@", ""));
        environment.put("CONNECTIONS_ADMIN_DATABASE_USER", "postgres");
        var errors = new ByteArrayOutputStream();

        assertThat(new PrepareDatabase(environment, System.out, new PrintStream(errors)).run())
                .as(errors.toString())
                .isZero();
    }

    private static String address(EmbeddedPostgres postgres) {
        return "postgresql://postgres@127.0.0.1:" + postgres.getPort() + "/postgres";
    }

    private static void run(String... command) throws IOException, InterruptedException {
        List<String> call = new ArrayList<>(List.of(command));
        Process process = new ProcessBuilder(call).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor())
                .as("%s (apt-get install postgresql-client; version 15 is the one for this drill): %s", call, output)
                .isZero();
    }
}
