package io.flowmaestro.connections.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.local.peers.ProofParts;
import io.flowmaestro.connections.proof.Proof;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    /** Where another frontend is served: one that the suite was told of, and one that it was not. */
    private static String embedding;

    private static String stranger;

    @BeforeAll
    static void up() throws Exception {
        int ports = FreePorts.ten();
        embedding = "http://127.0.0.1:" + ports;
        stranger = "http://127.0.0.1:" + (ports + 1);
        suite = new SuiteUnderTest(folder, Map.of("CONNECTIONS_UI_ORIGINS", embedding));
        var up = suite.run("up", "--detach");
        assertThat(up.exitCode()).as(up.output()).isZero();
    }

    @AfterAll
    static void down() throws Exception {
        assertThat(suite.run("down").exitCode()).isZero();
    }

    @Test
    void takesPeopleThroughEveryJourney() throws Exception {
        run("--short", "node", "journeys/run.mjs", "--url", address(), "--embed", embedding, "--stranger", stranger);
    }

    /** In the test suite, where other things run beside it, its performance is shown and not judged. */
    @Test
    void isFastAndAccessibleByLighthouse() throws Exception {
        run("--lenient", ProofParts.node(), ProofParts.script("lighthouse.mjs"), "--url", address());
    }

    /** @param unlessDemanded the option of a short round */
    private static void run(String unlessDemanded, String... command) throws Exception {
        List<String> words = new ArrayList<>(List.of(command));
        if (!Proof.isDemanded()) {
            words.add(unlessDemanded);
        }
        Process program = new ProcessBuilder(words)
                .directory(WEBUI)
                .redirectErrorStream(true)
                .start();
        String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.print(output);
        assertThat(program.waitFor()).as(output).isZero();
    }

    private static String address() {
        return "http://localhost:" + suite.port();
    }
}
