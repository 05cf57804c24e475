package io.flowmaestro.connections.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, which is killed or interrupted at moments that nobody chose. */
class KilledImportTest {
    private static final int ROWS = 400;
    private static final int BATCH = 4;
    private static final int KILLS = 4;

    @TempDir
    private Path folder;

    private SourceFixture source;
    private ScriptedRegistry registry;
    private List<String> ids;

    @BeforeEach
    void create() throws Exception {
        source = new SourceFixture().connections();
        registry = new ScriptedRegistry();
        registry.takes(30);
        LegacySealing sealing = new LegacySealing();
        List<String> made = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            made.add(
                    source.connection("api_key", "openai", sealing.object("{}")).toString());
        }
        ids = made.stream().sorted().toList();
    }

    @AfterEach
    void end() throws Exception {
        registry.close();
        source.close();
    }

    @Test
    void losesNoRowAndSendsNoneUnderAnotherId() throws Exception {
        Random random = new Random(20_251_125);
        int killed = 0;
        for (int i = 0; i < KILLS; i++) {
            int before = registry.requests().size();
            Process process = start(i > 0);
            // Once it is at work, at a moment by chance: within a batch as well as between two.
            while (process.isAlive() && registry.requests().size() < before + 2) {
                Thread.sleep(1);
            }
            Thread.sleep(random.nextInt(60));
            process.destroyForcibly();
            killed += process.waitFor() == 137 ? 1 : 0;
        }
        assertThat(killed).as("killed before it had ended").isEqualTo(KILLS);

        registry.takes(0);
        Process last = start(true);

        assertThat(ended(last)).as(output()).isZero();
        assertThat(registry.stored().keySet()).containsExactlyElementsOf(ids);
        ImportCall call = new ImportCall(source, registry, report());
        assertThat(call.lines()).extracting(line -> line.path("id").asText()).containsExactlyElementsOf(ids);
    }

    @Test
    void interruptedItEndsItsBatchAndSaysHowToGoOn() throws Exception {
        Process process = start(false);
        while (process.isAlive() && registry.requests().size() < 3) {
            Thread.sleep(1);
        }

        new ProcessBuilder("kill", "-s", "INT", Long.toString(process.pid()))
                .start()
                .waitFor();

        assertThat(ended(process)).as(output()).isEqualTo(130);
        ImportCall call = new ImportCall(source, registry, report());
        assertThat(output())
                .contains("connections: stopped after " + call.lines().size()
                        + " rows. Go on with the same options and --resume");
        assertThat(call.lines())
                .hasSizeBetween(2 * BATCH, ROWS - 1)
                .hasSameSizeAs(registry.stored().keySet());
    }

    private Process start(boolean resume) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                // A test run in the background may have been told to ignore Ctrl-C.
                "/usr/bin/env",
                "--default-signal=INT",
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Import.class.getName(),
                "--from",
                source.url(),
                "--to",
                registry.url(),
                "--report",
                report().toString(),
                "--batch",
                "" + BATCH));
        if (resume) {
            command.add("--resume");
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().put("CONNECTIONS_TOKEN", ScriptedRegistry.TOKEN);
        return builder.start();
    }

    private static int ended(Process process) throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("It did not end.");
        }
        return process.exitValue();
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output"));
    }

    private Path report() {
        return folder.resolve("report.ndjson");
    }
}
