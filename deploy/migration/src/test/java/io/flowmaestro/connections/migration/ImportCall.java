package io.flowmaestro.connections.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flowmaestro.connections.migration.registry.Patience;
import io.flowmaestro.connections.migration.stop.StopRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Calls of the command in this process, with a short patience. */
final class ImportCall {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SourceFixture source;
    private final ScriptedRegistry registry;
    private final Path report;
    private final Map<String, String> environment = new HashMap<>(Map.of("CONNECTIONS_TOKEN", ScriptedRegistry.TOKEN));
    private Patience patience = new Patience(Duration.ofMillis(500), 4, Duration.ofMillis(5), Duration.ofMillis(20));

    ImportCall(SourceFixture source, ScriptedRegistry registry, Path report) {
        this.source = source;
        this.registry = registry;
        this.report = report;
    }

    /** How it ended; what it wrote to either stream is one text. */
    record Ended(int exitCode, String output) {}

    ImportCall variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    ImportCall attempts(int attempts) {
        patience = new Patience(patience.request(), attempts, patience.first(), patience.longest());
        return this;
    }

    /** With {@code --from}, {@code --to} and {@code --report}. */
    Ended run(String... more) {
        return run(new StopRequest(), more);
    }

    Ended run(StopRequest stop, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("--from", source.url(), "--to", registry.url(), "--report", report.toString()));
        arguments.addAll(List.of(more));
        return exactly(stop, arguments);
    }

    Ended exactly(StopRequest stop, List<String> arguments) {
        var output = new ByteArrayOutputStream();
        var stream = new PrintStream(output, true, StandardCharsets.UTF_8);
        int exitCode = new Import(environment, patience, stream, stream).run(arguments, stop);
        return new Ended(exitCode, output.toString(StandardCharsets.UTF_8).strip());
    }

    List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(report)) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    /** The only line of that id. */
    JsonNode line(Object id) throws IOException {
        List<JsonNode> of = lines().stream()
                .filter(line -> line.path("id").asText().equals(id.toString()))
                .toList();
        if (of.size() != 1) {
            throw new AssertionError(of.size() + " lines of " + id);
        }
        return of.getFirst();
    }
}
