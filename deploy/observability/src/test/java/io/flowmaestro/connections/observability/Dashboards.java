package io.flowmaestro.connections.observability;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Grafana's dashboards. */
final class Dashboards {
    private Dashboards() {}

    record Query(String dashboard, String panel, String expression) {}

    static List<Path> files() {
        return Files.below(Files.FOLDER.resolve("grafana"), ".json");
    }

    static Stream<Query> queries() {
        return files().stream().flatMap(Dashboards::queries);
    }

    @SuppressWarnings("unchecked")
    private static Stream<Query> queries(Path file) {
        Map<String, Object> dashboard = Files.yaml(file);
        return ((List<Map<String, Object>>) dashboard.get("panels"))
                .stream()
                        .flatMap(panel -> ((List<Map<String, Object>>) panel.get("targets"))
                                .stream()
                                        .map(target -> new Query(
                                                file.getFileName().toString(),
                                                String.valueOf(panel.get("title")),
                                                String.valueOf(target.get("expr")))));
    }
}
