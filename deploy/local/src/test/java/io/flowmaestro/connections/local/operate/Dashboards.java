package io.flowmaestro.connections.local.operate;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Grafana's dashboards, asked of a Prometheus. */
public final class Dashboards {
    private final Path sources;

    /** @param sources deploy/observability */
    public Dashboards(Path sources) {
        this.sources = sources;
    }

    /**
     * How the queries fared.
     *
     * @param answered with data
     * @param notYet of events, or outcomes, that the suite has not had
     * @param empty without data, though all that they read is there
     */
    public record Outcome(int answered, List<String> notYet, List<String> empty) {}

    public Outcome ask(Watch watch) throws IOException, InterruptedException {
        Set<String> missing = missing(watch);
        int answered = 0;
        List<String> notYet = new ArrayList<>();
        List<String> empty = new ArrayList<>();
        for (String query : queries()) {
            if (watch.series(query) > 0) {
                answered++;
            } else if (missing.stream().anyMatch(query::contains) || ofAnOutcome(watch, query)) {
                notYet.add(query);
            } else {
                empty.add(query);
            }
        }
        return new Outcome(answered, notYet, empty);
    }

    /** Whether it shows one outcome of several, and others have come. */
    private static boolean ofAnOutcome(Watch watch, String query) throws IOException, InterruptedException {
        String ofAny = query.replaceAll("(, )?outcome!?=~?\"[^\"]*\"", "");
        return !ofAny.equals(query) && watch.series(ofAny) > 0;
    }

    private Set<String> missing(Watch watch) throws IOException, InterruptedException {
        try (Stream<String> lines = Files.lines(sources.resolve("metrics.txt"))) {
            Set<String> listed = lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\\s+")[0])
                    .collect(Collectors.toCollection(HashSet::new));
            watch.metrics().forEach(listed::remove);
            return listed;
        }
    }

    private List<String> queries() throws IOException {
        List<String> queries = new ArrayList<>();
        try (Stream<Path> files = Files.list(sources.resolve("grafana"))) {
            for (Path file : files.sorted().toList()) {
                JsonArray panels = new JsonObject(Files.readString(file)).getJsonArray("panels");
                panels.stream()
                        .flatMap(panel -> ((JsonObject) panel).getJsonArray("targets").stream())
                        .map(target -> ((JsonObject) target).getString("expr"))
                        .forEach(queries::add);
            }
        }
        return queries;
    }
}
