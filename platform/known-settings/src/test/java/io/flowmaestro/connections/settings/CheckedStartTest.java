package io.flowmaestro.connections.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a process of its own, as a service starts. */
class CheckedStartTest {

    @TempDir
    private Path folder;

    @Test
    void tellsAllThatIsWrongAtOnceAndNothingElse() throws Exception {
        assertThat(refused(Map.of("CONNECTIONS_DATABASE_URLL", "secret-canary")))
                .isEqualTo("""
                        This service does not start, because of its configuration:
                          - CONNECTIONS_DATABASE_URLL (environment) is no setting of Connections. Did you mean CONNECTIONS_DATABASE_URL?
                          - CONNECTIONS_DATABASE_URL must be set. The database, as postgresql://host:5432/name; production wants ?sslmode=verify-full.
                          - CONNECTIONS_ISSUER must be set. Issuer URL of the identity provider, for users, workers and the services alike; https outside the local profile.
                        docs/configuration.md lists every setting.
                        """);
    }

    @Test
    void asksForWhatOnlyAProfileNeedsInThatProfile() throws Exception {
        assertThat(refused(Map.of("QUARKUS_PROFILE", "local")))
                .contains("CONNECTIONS_REGISTRY_URL must be set. Base URL of connection-registry.");
    }

    private String refused(Map<String, String> environment) throws Exception {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CheckedStart.class.getName())
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isEqualTo(1);
        return said;
    }
}
