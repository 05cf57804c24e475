package io.flowmaestro.connections.observability;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The rules in the files that Prometheus reads. */
final class Rules {
    private Rules() {}

    /** @param runbook of an alert, as a path in the repository */
    record Rule(String name, boolean alert, String expression, String severity, String runbook) {}

    static Stream<Rule> all() {
        return Stream.of("recording", "alerts").flatMap(Rules::in);
    }

    static List<Rule> alerts() {
        return all().filter(Rule::alert).toList();
    }

    static List<String> recorded() {
        return all().filter(rule -> !rule.alert()).map(Rule::name).toList();
    }

    private static Stream<Rule> in(String file) {
        Map<String, List<Map<String, List<Map<String, Object>>>>> content =
                Files.yaml(Files.FOLDER.resolve("prometheus/" + file + ".yaml"));
        return content.get("groups").stream()
                .flatMap(group -> group.get("rules").stream())
                .map(Rules::rule);
    }

    private static Rule rule(Map<String, Object> rule) {
        boolean alert = rule.containsKey("alert");
        return new Rule(
                String.valueOf(rule.get(alert ? "alert" : "record")),
                alert,
                String.valueOf(rule.get("expr")),
                of(rule, "labels", "severity"),
                of(rule, "annotations", "runbook_url"));
    }

    private static String of(Map<String, Object> rule, String map, String key) {
        return rule.get(map) instanceof Map<?, ?> values ? String.valueOf(values.get(key)) : "";
    }
}
