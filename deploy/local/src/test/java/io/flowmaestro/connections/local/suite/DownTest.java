package io.flowmaestro.connections.local.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.local.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownTest {
    @TempDir
    private Path folder;

    @Test
    void removesWhatAKilledLauncherLeftForOtherCalls() throws IOException {
        Home home = new Home(folder);
        home.prepare();
        Path serviceFile = Files.writeString(home.run().resolve("pg_service.conf"), "[connections]\n");
        Path port = Files.writeString(home.run().resolve("port"), "8080\n");

        assertThat(new Down(new RunState(home)).run()).isEqualTo("The suite is not running.");

        assertThat(serviceFile)
                .as("with it, psql would try a port that nobody listens to")
                .doesNotExist();
        assertThat(port).doesNotExist();
    }

    @Test
    void hasNothingToDoWhereNothingEverRan() {
        assertThat(new Down(new RunState(new Home(folder.resolve("missing")))).run())
                .isEqualTo("The suite is not running.");
    }
}
