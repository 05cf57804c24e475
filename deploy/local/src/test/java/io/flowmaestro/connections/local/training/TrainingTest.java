package io.flowmaestro.connections.local.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.local.home.Home;
import io.flowmaestro.connections.local.home.Secrets;
import io.flowmaestro.connections.local.refusal.Refusal;
import io.flowmaestro.connections.local.suite.Installation;
import io.flowmaestro.connections.local.suite.Ports;
import io.flowmaestro.connections.local.suite.Service;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a script in the place of {@code deploy/images/train} that only writes down what it is told. */
class TrainingTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private Path app;

    @BeforeEach
    void haveAPackage() throws Exception {
        app = Files.createDirectories(folder.resolve("app"));
        script("env | grep '^TRAIN_' >\"$1/told\"");
    }

    @Test
    void givesAServiceADatabaseOfItsOwnAndAnIdentityProvider() throws Exception {
        migration("create table vault.trained (id int);");
        script("""
                env | grep '^TRAIN_' >"$1/told"
                tries=0
                until [ -f "$1/seen" ] || [ "$tries" -gt 600 ]; do tries=$((tries + 1)); sleep 0.1; done
                """);
        var training = new Thread(this::train);
        training.start();

        var told = told();

        try (var connection = DriverManager.getConnection(
                        "jdbc:" + told.get("TRAIN_DATABASE_URL"),
                        told.get("TRAIN_DATABASE_USER"),
                        told.get("TRAIN_DATABASE_PASSWORD"));
                var statement = connection.createStatement();
                var found = statement.executeQuery("select to_regclass('vault.trained') is not null")) {
            found.next();
            assertThat(found.getBoolean(1)).isTrue();
        }
        assertThat(told)
                .containsEntry("TRAIN_PROFILE", "local")
                .containsEntry("TRAIN_JOBS_DATABASE_USER", "vault_jobs")
                .hasEntrySatisfying("TRAIN_ISSUER", issuer -> assertThat(issuer).startsWith("http://127.0.0.1:"))
                .hasEntrySatisfying("TRAIN_TOKEN", token -> assertThat(token).contains("."));
        Files.createFile(app.resolve("seen"));
        training.join();
        assertThat(said()).isEqualTo("Having credential-vault remember how it starts.\n");
        assertThatThrownBy(() -> DriverManager.getConnection("jdbc:" + told.get("TRAIN_DATABASE_URL")))
                .hasMessageContaining("refused");
    }

    @Test
    void trainsWithoutThemWhereTheyCannotBeHadAndSaysSo() throws Exception {
        migration("this is no SQL;");

        assertThat(train()).isTrue();

        assertThat(said())
                .startsWith("Services are trained without a database and an identity provider, and will start slower"
                        + " than they could: The schema vault cannot be prepared")
                .endsWith("Having credential-vault remember how it starts.\n");
        assertThat(told()).containsOnlyKeys("TRAIN_PROFILE");
    }

    @Test
    void saysWhichServiceCouldNot() throws Exception {
        script("exit 1");

        assertThat(train()).isFalse();

        assertThat(said())
                .isEqualTo("Having credential-vault remember how it starts.\n"
                        + "It could not, and starts as if for the first time.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/app", "=/app", "vault=/app", "credential-vault"})
    void isOfServicesThatThereAre(String word) {
        assertThatThrownBy(() -> Trainee.parse(word))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("is no service and its folder");
    }

    private boolean train() {
        try {
            Home home = new Home(folder.resolve("home"));
            return new Training(
                            new Installation(folder, Optional.empty(), home, new Secrets(home), new Ports(20_000)),
                            new PrintStream(said, true, StandardCharsets.UTF_8))
                    .run("local", List.of(new Trainee(Service.CREDENTIAL_VAULT, app)));
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private Map<String, String> told() throws Exception {
        Path file = app.resolve("told");
        for (int i = 0; i < 1_200 && !(Files.exists(file) && Files.size(file) > 0); i++) {
            Thread.sleep(50);
        }
        return Files.readAllLines(file).stream()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }

    private void migration(String statement) throws Exception {
        Path migrations = Files.createDirectories(folder.resolve("credential-vault/src/main/resources/db/migration"));
        Files.writeString(migrations.resolve("V001__make_something.sql"), statement);
    }

    private void script(String script) throws Exception {
        Files.writeString(
                Files.createDirectories(folder.resolve("deploy/images")).resolve("train"), script + "\n");
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
