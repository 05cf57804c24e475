package io.flowmaestro.connections.local.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.local.Repository;
import io.flowmaestro.connections.local.home.HomeLock;
import io.flowmaestro.connections.local.process.ProcessRecord;
import io.flowmaestro.connections.local.refusal.Refusal;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpTest {
    @TempDir
    private Path folder;

    private Installation installation;

    @BeforeEach
    void prepare() throws Exception {
        installation =
                Installation.of(Repository.FOLDER, Optional.empty(), Map.of("CONNECTIONS_HOME", folder.toString()));
        installation.home().prepare();
        Files.writeString(installation.home().run().resolve("port"), "18080\n");
    }

    @Test
    void besideOneThatHasOnlyJustBegunNamesNoProcess() throws Exception {
        try (HomeLock other = HomeLock.take(installation.home()).orElseThrow()) {
            assertThat(other).isNotNull();

            assertThatThrownBy(this::up)
                    .isInstanceOf(Refusal.class)
                    .hasMessage(
                            "Another call is starting or stopping the suite. Try again when it is done, or use another"
                                    + " CONNECTIONS_HOME and CONNECTIONS_PORT.");
        }
    }

    @Test
    void besideOneThatRunsNamesItsProcess() throws Exception {
        new RunState(installation.home())
                .records()
                .write(ProcessRecord.ofThisProcess(RunState.LAUNCHER, Duration.ofSeconds(1)));

        try (HomeLock other = HomeLock.take(installation.home()).orElseThrow()) {
            assertThat(other).isNotNull();

            assertThatThrownBy(this::up)
                    .isInstanceOf(Refusal.class)
                    .hasMessageStartingWith("The suite is already running (process "
                            + ProcessHandle.current().pid() + ", http://localhost:18080). Stop it with");
        }
    }

    private void up() throws InterruptedException {
        var progress = new Progress(new PrintStream(PrintStream.nullOutputStream()), folder.resolve("launcher.log"));
        new Up(installation, Map.of(), progress).run();
    }
}
