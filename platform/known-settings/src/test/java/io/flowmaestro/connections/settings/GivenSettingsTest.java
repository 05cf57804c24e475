package io.flowmaestro.connections.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenSettingsTest {

    @TempDir
    private Path folder;

    @Test
    void areFoundWhereverQuarkusReadsThem() throws Exception {
        var system = new Properties();
        system.setProperty("%local.connections.b", "2");
        Files.writeString(folder.resolve(".env"), "CONNECTIONS_C=3\n");
        Files.createDirectory(folder.resolve("config"));
        Path file = Files.writeString(folder.resolve("config/application.properties"), "%prod.connections.d=4\n");
        Files.writeString(folder.resolve("config/notes.properties"), "connections.of-nobody=5\n");

        assertThat(GivenSettings.of(Map.of("CONNECTIONS_A", "1"), system, folder))
                .containsExactly(
                        new Given("CONNECTIONS_A", "environment", "1"),
                        new Given("connections.b", "system property", "2"),
                        new Given("CONNECTIONS_C", folder.resolve(".env").toString(), "3"),
                        new Given("connections.d", file.toString(), "4"));
    }

    @Test
    void areNoneInAnEmptyFolder() throws Exception {
        assertThat(GivenSettings.of(Map.of(), new Properties(), folder)).isEmpty();
    }

    @Test
    void neverShowTheirValue() {
        assertThat(new Given("CONNECTIONS_SERVICE_SECRET", "environment", "canary").toString())
                .doesNotContain("canary");
    }
}
