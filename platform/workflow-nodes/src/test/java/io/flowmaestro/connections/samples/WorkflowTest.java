package io.flowmaestro.connections.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The workers as processes, against stubs of the suite and of the services outside. */
class WorkflowTest {
    private static final Path TYPESCRIPT =
            Path.of("target/typescript/workflow.js").toAbsolutePath();

    private final Stubs stubs = new Stubs();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        stubs.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "typescript"})
    void runsItsNodesAndTriesOnceMoreWithANewTokenWhenSlackRefusesOne(String language) throws Exception {
        JsonNode context = Web.JSON.readTree(ended(language, workflow("read_file"), 0));

        assertThat(context.path("summary").asText()).isEqualTo("Summarize: a long text");
        assertThat(context.at("/message/ts").asText()).isEqualTo("17.1");
        assertThat(context.path("config").asText()).isEqualTo("content of /app/config/local.json");
        assertThat(stubs.requests())
                .containsSubsequence(
                        "/v1/chat/completions Bearer sk-1",
                        "/api/chat.postMessage Bearer at-1",
                        "/api/credentials/" + Stubs.SLACK + "/refused Bearer worker-token",
                        "/api/chat.postMessage Bearer at-2",
                        "/api/mcp/" + Stubs.FILES + "/call Bearer worker-token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "typescript"})
    void failsWithAToolThatFails(String language) throws Exception {
        assertThat(ended(language, workflow("delete_file"), 1)).contains("delete_file failed: not with me");
    }

    /** What it printed: its result, or, when it fails, why. */
    private String ended(String language, Path workflow, int expected) throws Exception {
        Path output = folder.resolve("out");
        Path errors = folder.resolve("err");
        var builder = new ProcessBuilder(command(language, workflow))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment()
                .putAll(Map.of(
                        "CONNECTIONS_URL", stubs.url(),
                        "CONNECTIONS_ISSUER", stubs.url(),
                        "SLACK_API_URL", stubs.url() + "/api",
                        "WORKER_SECRET_FILE",
                                Files.writeString(folder.resolve("secret"), "s3cret\n")
                                        .toString()));
        int code = builder.start().waitFor();
        assertThat(code).as(Files.readString(errors)).isEqualTo(expected);
        return Files.readString(expected == 0 ? output : errors);
    }

    private static List<String> command(String language, Path workflow) {
        if (language.equals("java")) {
            return List.of(
                    Path.of(System.getProperty("java.home"), "bin/java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Workflow.class.getName(),
                    workflow.toString());
        }
        assumeThat(TYPESCRIPT)
                .as("not compiled: the build ran with -Dwebui.skip")
                .exists();
        return List.of("node", TYPESCRIPT.toString(), workflow.toString());
    }

    private Path workflow(String tool) throws Exception {
        return Files.writeString(
                folder.resolve("workflow.json"), """
                    {"user": "0190a1ce-0000-7000-8000-00000000a11c",
                     "context": {"previous_step_output": "a long text", "environment": "local", "workflow": {"name": "W"}},
                     "nodes": [
                      {"type": "llm", "label": "l", "config": {"model": "gpt-4", "connectionId": "%s", "temperature": 0.7,
                       "prompt": "Summarize: ${previous_step_output}", "outputVariable": "summary"}},
                      {"type": "integration", "label": "i", "config": {"connectionId": "%s",
                       "config": {"channel": "#n", "text": "Done: ${workflow.name}"}}},
                      {"type": "mcp_tool", "label": "m", "config": {"connectionId": "%s", "tool": "%s",
                       "parameters": {"path": "/app/config/${environment}.json"}, "outputVariable": "config"}}]}
                    """.formatted(Stubs.OPENAI, Stubs.SLACK, Stubs.FILES, tool));
    }
}
