package io.flowmaestro.connections.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrepareDatabaseTest {
    private static final String SECRET = "s3cr3t-";

    private static EmbeddedPostgres postgres;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(1))
                .start();
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @Test
    void preparesAnEmptyDatabaseAndOneThatIsUpToDate() throws Exception {
        assertThat(run(environment())).as(errors.toString()).isZero();
        assertThat(output.toString())
                .contains("registry is up to date", "vault is up to date", "oauth is up to date", "mcp is up to date");

        for (String schema : List.of("registry", "vault", "oauth")) {
            assertThat(applied(schema)).as(schema).isEqualTo(migrations(schema));
        }
        assertThat(run(environment())).isZero();
    }

    @Test
    void givesARoleThePasswordThatItIsTold() throws Exception {
        assertThat(run(environment())).isZero();
        var changed = environment();
        changed.put("OAUTH_APP_PASSWORD", "another");

        assertThat(run(changed)).isZero();

        try (var connection = DriverManager.getConnection("jdbc:" + url(), "oauth_app", "another")) {
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    @Test
    void namesEverythingThatIsMissing() {
        var environment = environment();
        environment.remove("VAULT_JOBS_PASSWORD");
        environment.put("REGISTRY_APP_PASSWORD", " ");

        assertThat(run(environment)).isEqualTo(2);
        assertThat(errors.toString())
                .contains("Missing: REGISTRY_APP_PASSWORD, VAULT_JOBS_PASSWORD.")
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:postgresql://localhost/x", "postgresql://postgres:s3cr3t-@localhost/x"})
    void refusesAnAddressOfAnotherForm(String url) {
        var environment = environment();
        environment.put("CONNECTIONS_DATABASE_URL", url);

        assertThat(run(environment)).isEqualTo(2);
        assertThat(errors.toString()).contains("must read postgresql://").doesNotContain(SECRET);
    }

    @Test
    void saysWhichServiceFailedAndNoPassword() {
        var environment = environment();
        environment.put("CONNECTIONS_DATABASE_URL", "postgresql://127.0.0.1:1/connections");

        assertThat(run(environment)).isEqualTo(1);
        assertThat(errors.toString())
                .startsWith("schema: registry cannot be prepared: ")
                .doesNotContain(SECRET);
    }

    @Test
    void showsNoPasswordOfItsSettings() {
        assertThat(Settings.of(environment()).toString()).doesNotContain(SECRET);
    }

    private int run(Map<String, String> environment) {
        return new PrepareDatabase(environment, new PrintStream(output), new PrintStream(errors)).run();
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        Settings.variables().forEach(name -> environment.put(name, SECRET + name));
        environment.put("CONNECTIONS_DATABASE_URL", url());
        environment.put("CONNECTIONS_ADMIN_DATABASE_USER", "postgres");
        return environment;
    }

    private static String url() {
        return "postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
    }

    private static long applied(String schema) throws Exception {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var found = statement.executeQuery("select count(*) from " + schema
                        + ".flyway_schema_history where success and version is not null")) {
            found.next();
            return found.getLong(1);
        }
    }

    private static long migrations(String schema) throws Exception {
        var folder =
                Path.of(PrepareDatabaseTest.class.getResource("/db/" + schema).toURI());
        try (var files = Files.list(folder)) {
            return files.filter(file -> Files.isRegularFile(file)).count();
        }
    }
}
