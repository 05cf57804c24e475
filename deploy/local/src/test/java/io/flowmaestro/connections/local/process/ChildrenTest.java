package io.flowmaestro.connections.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.local.refusal.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildrenTest {
    @TempDir
    private Path folder;

    private ProcessRecords records;
    private Children children;

    @BeforeEach
    void create() {
        records = new ProcessRecords(folder);
        children = new Children(records);
    }

    @Test
    void aChildIsOnRecordWhileItRunsAndSeesOnlyTheEnvironmentItIsGiven() throws Exception {
        ChildProcess child = children.start(shell("env; exec sleep 60", Map.of("ONLY", "this")));

        awaitTheProgramOnItsRecord();
        child.stop();

        assertThat(child.alive()).isFalse();
        assertThat(records.find("child")).isEmpty();
        assertThat(Files.readString(folder.resolve("child.log")))
                .contains("ONLY=this")
                .doesNotContain("HOME=");
    }

    @Test
    void whyAChildEndedIsWhatItWroteSinceItsStart() throws Exception {
        Files.writeString(folder.resolve("child.log"), "from an earlier run\n");
        ChildProcess child = children.start(shell("echo no space left; exit 7", Map.of()));

        assertThat(child.exitCode()).isEqualTo(7);

        assertThat(child.endedEarly("while starting"))
                .hasMessageContaining("child stopped while starting (exit code 7)")
                .hasMessageEndingWith("child.log:\nno space left");
    }

    @Test
    void nothingStartsAnyMoreOnceTheSuiteIsStopping() {
        ChildProcess running = children.start(shell("exec sleep 60", Map.of()));

        List<ChildProcess> toStop = children.stopStarting();

        assertThat(toStop).containsExactly(running);
        assertThatThrownBy(() -> children.start(shell("exec sleep 60", Map.of())))
                .isInstanceOf(Refusal.class);
        running.stop();
    }

    @Test
    void aProcessThatCannotBePutOnRecordDoesNotLive() throws Exception {
        Path marker = folder.resolve("marker");
        Files.createDirectories(folder.resolve("child.json").resolve("in-the-way"));

        assertThatThrownBy(() -> children.start(shell("sleep 2; touch " + marker, Map.of())))
                .isInstanceOf(Refusal.class);

        Thread.sleep(2_500);
        assertThat(marker).doesNotExist();
    }

    @Test
    void aChildThatWasStoppedIsNotAliveAnyMore() {
        for (int i = 0; i < 20; i++) {
            ChildProcess child = children.start(shell("exec sleep 60", Map.of()));

            child.stop();

            assertThat(child.alive()).isFalse();
            assertThat(records.find("child")).isEmpty();
        }
    }

    /** Right after its start a child is still the program that starts it, which then replaces itself. */
    private void awaitTheProgramOnItsRecord() throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (records.find("child").flatMap(ProcessRecord::living).isEmpty()) {
            assertThat(System.nanoTime())
                    .as("until the child's program is the one on its record")
                    .isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    private ProcessSpec shell(String script, Map<String, String> environment) {
        return new ProcessSpec(
                "child",
                "sleep",
                List.of("/bin/sh", "-c", script),
                environment,
                folder,
                folder.resolve("child.log"),
                StopSignal.TERM,
                Duration.ofSeconds(5));
    }
}
