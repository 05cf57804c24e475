package io.flowmaestro.connections.local;

import io.flowmaestro.connections.local.RunningCommand.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The samples of workflow nodes against a running suite, as {@code ./connections samples} starts them. */
final class WorkflowNodes {
    private static final int PATIENCE_SECONDS = 60;

    private final SuiteUnderTest suite;

    WorkflowNodes(SuiteUnderTest suite) {
        this.suite = suite;
    }

    /** @param language that they are written in */
    Ended run(String language) throws IOException, InterruptedException {
        Path output = Files.createTempFile("workflow-nodes", ".log");
        Path script = Repository.FOLDER.resolve("platform/workflow-nodes/src/main/node/run.mjs");
        ProcessBuilder builder = new ProcessBuilder("node", script.toString(), language)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment());
        Process process = builder.start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("It did not end:\n" + Files.readString(output));
            }
            return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            process.destroy();
            Files.deleteIfExists(output);
        }
    }

    private Map<String, String> environment() throws IOException, InterruptedException {
        return Map.of(
                "PATH", System.getenv("PATH"),
                "JAVA_HOME", System.getProperty("java.home"),
                "CONNECTIONS_URL", "http://localhost:" + suite.port(),
                "CONNECTIONS_ISSUER", "http://localhost:" + (suite.port() + 5),
                "DEMO_URL", "http://localhost:" + (suite.port() + 6),
                "WORKER_SECRET_FILE",
                        suite.home().resolve("secrets/client-worker").toString(),
                "NODE_PARTS",
                        Repository.FOLDER.resolve("deploy/local/src/main/node").toString(),
                "ALICE_TOKEN", suite.token("alice"));
    }
}
