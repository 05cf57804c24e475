package io.flowmaestro.connections.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.proof.Proof;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The web UI of a whole running suite, in a real browser. Prints each journey: `proof ui: …`. */
class UiJourneysIT {
    private static final File WEBUI =
            Repository.FOLDER.resolve("connection-registry/src/main/webui").toFile();

    @TempDir
    static Path folder;

    private static SuiteUnderTest suite;

    @BeforeAll
    static void up() throws Exception {
        suite = new SuiteUnderTest(folder);
        var up = suite.run("up", "--detach");
        assertThat(up.exitCode()).as(up.output()).isZero();
    }

    @AfterAll
    static void down() throws Exception {
        assertThat(suite.run("down").exitCode()).isZero();
    }

    @Test
    void takesPeopleThroughEveryJourney() throws Exception {
        List<String> command =
                new ArrayList<>(List.of("node", "journeys/run.mjs", "--url", "http://localhost:" + suite.port()));
        if (!Proof.isDemanded()) {
            command.add("--short");
        }
        Process journeys = new ProcessBuilder(command)
                .directory(WEBUI)
                .redirectErrorStream(true)
                .start();
        String output = new String(journeys.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.print(output);
        assertThat(journeys.waitFor()).as(output).isZero();
    }
}
