package io.flowmaestro.connections.local;

import io.flowmaestro.connections.local.RunningCommand.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The commands of the documents, one page after the other in one shell, as a reader would enter them. */
final class DocumentedCommands {
    private static final int PATIENCE_SECONDS = 120;
    private static final Pattern BLOCK = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);
    /** The suite runs already; what else it starts is tested by itself. */
    private static final Pattern LEFT_OUT = Pattern.compile("(?m)^(\\./connections (up|down|samples).*|kill %1)$");
    /** The ports of the documents, and how far they lie behind the first of a suite; the last is of a server of their own. */
    private static final Map<String, Integer> OFFSETS = Map.of("8080", 0, "8085", 5, "3100", 8);

    private static final Pattern DOCUMENTED_PORT =
            Pattern.compile("\\b(?:" + String.join("|", OFFSETS.keySet()) + ")\\b");

    private final SuiteUnderTest suite;

    DocumentedCommands(SuiteUnderTest suite) {
        this.suite = suite;
    }

    /** @param pages of {@code docs} */
    Ended run(List<String> pages) throws IOException, InterruptedException {
        Path output = Files.createTempFile("documented-commands", ".log");
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", "-c", script(pages))
                .directory(suite.checkout().folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment());
        Process shell = builder.start();
        try {
            if (!shell.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("They did not end:\n" + Files.readString(output));
            }
            return new Ended(shell.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            shell.destroy();
            Files.deleteIfExists(output);
        }
    }

    /** Fails with the first command that fails, and names it; whatever runs in the background ends with it. */
    private String script(List<String> pages) throws IOException {
        StringBuilder script = new StringBuilder("set -Eem\n"
                + "trap 'echo \"failed with $?: $BASH_COMMAND\"' ERR\n"
                + "trap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n");
        for (String page : pages) {
            script.append(BLOCK.matcher(Files.readString(Repository.FOLDER.resolve("docs/" + page)))
                    .results()
                    .map(block -> block.group(1))
                    .collect(Collectors.joining("echo\n")));
        }
        return onPortsFrom(suite.port(), LEFT_OUT.matcher(script).replaceAll(":"));
    }

    /** In one pass, so that no port is taken for one of the documents' that it happens to contain. */
    static String onPortsFrom(int first, String script) {
        return DOCUMENTED_PORT.matcher(script).replaceAll(port -> Integer.toString(first + OFFSETS.get(port.group())));
    }

    private Map<String, String> environment() {
        return Map.of(
                "PATH", System.getenv("PATH"),
                "HOME", System.getProperty("user.home"),
                "JAVA_HOME", System.getProperty("java.home"),
                "CONNECTIONS_HOME", suite.home().toString(),
                "CONNECTIONS_PORT", Integer.toString(suite.port()));
    }
}
