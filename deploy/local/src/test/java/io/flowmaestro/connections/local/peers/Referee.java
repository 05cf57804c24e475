package io.flowmaestro.connections.local.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The conformance suite as a process: tells it what to judge, and reads what it found. */
final class Referee {
    /** For a scenario. All client scenarios of a revision run at once, each with a process of its own. */
    private static final String PATIENCE_MILLIS = "120000";

    private static final long WHOLE_MINUTES = 10;

    private final Path folder;
    private final Map<String, String> environment;
    private int runs;

    /**
     * @param folder for what it writes
     * @param environment what the driver of client scenarios is told besides
     */
    Referee(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /**
     * What it found.
     *
     * @param accepts its own verdict of the scored scenarios with the exceptions of the baseline, none too many
     */
    record Findings(List<Verdict> verdicts, boolean accepts, Path log) {}

    /** All scenarios of a revision, those that are not scored included. */
    Findings judge(Side side, List<String> subject, String revision, Path baseline)
            throws IOException, InterruptedException {
        return run(side, subject, List.of("--requirements", revision), baseline);
    }

    /** One scenario. */
    Findings judge(Side side, List<String> subject, String revision, Path baseline, String scenario)
            throws IOException, InterruptedException {
        return run(side, subject, List.of("--scenario", scenario, "--spec-version", revision), baseline);
    }

    private Findings run(Side side, List<String> subject, List<String> selection, Path baseline)
            throws IOException, InterruptedException {
        var results = Files.createDirectories(folder.resolve("run-" + ++runs));
        var log = results.resolveSibling(results.getFileName() + ".log");
        var command = new ArrayList<>(List.of(
                ProofParts.node(),
                ProofParts.installed("@modelcontextprotocol/conformance/dist/index.js")
                        .toString(),
                side.word()));
        command.addAll(subject);
        command.addAll(selection);
        command.addAll(List.of("--timeout", PATIENCE_MILLIS, "-o", results.toString()));
        command.addAll(List.of("--expected-failures", baseline.toString()));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        if (!process.waitFor(WHOLE_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("The conformance suite did not end: " + Files.readString(log));
        }
        return new Findings(verdicts(results, side), process.exitValue() == 0, log);
    }

    private static List<Verdict> verdicts(Path results, Side side) throws IOException {
        try (Stream<Path> files = Files.walk(results)) {
            return files.filter(file -> file.endsWith("checks.json"))
                    .map(file -> read(results, file, side))
                    .toList();
        }
    }

    private static Verdict read(Path results, Path file, Side side) {
        try {
            return Verdict.read(results, file, side);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
