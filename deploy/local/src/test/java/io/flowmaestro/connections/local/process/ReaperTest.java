package io.flowmaestro.connections.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReaperTest {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @TempDir
    private Path folder;

    private ProcessRecords records;
    private Process process;

    @BeforeEach
    void start() throws IOException {
        records = new ProcessRecords(folder);
        process = new ProcessBuilder("sleep", "60").start();
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @Test
    void endsAProcessThatItsRecordDescribes() throws Exception {
        records.write(record(process.toHandle(), "sleep"));

        assertThat(new Reaper(records).reap()).containsExactly("left");

        assertThat(process.waitFor(1, TimeUnit.SECONDS)).isTrue();
        assertThat(records.all()).isEmpty();
    }

    @Test
    void sparesAProcessThatBeganAtAnotherTime() throws Exception {
        ProcessRecord now = record(process.toHandle(), "sleep");
        records.write(new ProcessRecord(
                now.name(), now.pid(), now.started().minusSeconds(60), now.program(), StopSignal.TERM, PATIENCE));

        assertThat(new Reaper(records).reap()).isEmpty();

        assertThat(process.isAlive()).isTrue();
        assertThat(records.all()).isEmpty();
    }

    @Test
    void sparesAProcessThatRunsAnotherProgram() throws Exception {
        records.write(record(process.toHandle(), "postgres"));

        assertThat(new Reaper(records).reap()).isEmpty();

        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void killsAProcessThatDoesNotListen() throws Exception {
        Path ready = folder.resolve("ready");
        Process deaf = new ProcessBuilder("bash", "-c", "trap '' TERM; touch " + ready + "; while :; do sleep 1; done")
                .start();
        try {
            while (!Files.exists(ready)) {
                Thread.sleep(10);
            }
            ProcessRecord described = record(deaf.toHandle(), "bash");
            records.write(new ProcessRecord(
                    described.name(),
                    described.pid(),
                    described.started(),
                    "bash",
                    StopSignal.TERM,
                    Duration.ofMillis(300)));

            assertThat(new Reaper(records).reap()).containsExactly("left");

            assertThat(deaf.waitFor(1, TimeUnit.SECONDS)).isTrue();
        } finally {
            deaf.destroyForcibly();
        }
    }

    @Test
    void passesOverARecordThatACrashLeftEmpty() throws Exception {
        Files.writeString(folder.resolve("left.json"), "");

        assertThat(new Reaper(records).reap()).isEmpty();
    }

    private static ProcessRecord record(ProcessHandle process, String program) throws InterruptedException {
        // Right after its start a process may still be the shell's or the loader's program.
        while (process.info()
                        .command()
                        .filter(command -> command.endsWith(program))
                        .isEmpty()
                && !program.equals("postgres")) {
            Thread.sleep(10);
        }
        return ProcessRecord.of(
                new ProcessSpec(
                        "left",
                        program,
                        List.of(),
                        Map.of(),
                        Path.of("/"),
                        Path.of("/dev/null"),
                        StopSignal.TERM,
                        PATIENCE),
                process);
    }
}
