package io.flowmaestro.connections.observability;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/**
 * What the collector's example makes of a container's line: its operators as their documentation has them, as far as they are used. One
 * that is not known here fails, and so does a field that has to be there and is not.
 */
final class Collector {
    private static final Pattern STEP = Pattern.compile("(\\w+)|\\[\"([^\"]+)\"]");
    private static final Pattern PRESENT = Pattern.compile("(attributes\\S*) != nil");
    private static final Map<String, String> DIRECTIVES =
            Map.of("%Y", "uuuu", "%m", "MM", "%d", "dd", "%H", "HH", "%M", "mm", "%S", "ss", "%L", "SSS");

    private final List<Map<String, Object>> operators;

    private Collector(List<Map<String, Object>> operators) {
        this.operators = operators;
    }

    @SuppressWarnings("unchecked")
    static Collector ofTheExample() {
        Map<String, Map<String, Map<String, Object>>> collector =
                Files.yaml(Files.FOLDER.resolve("otel/collector.yaml"));
        return new Collector((List<Map<String, Object>>)
                collector.get("receivers").get("filelog").get("operators"));
    }

    /** @param tree {@code body}, {@code attributes} and {@code resource}
     *  @param idle operators that found nothing to do */
    record Entry(
            Map<String, Object> tree,
            @Nullable Instant time,
            @Nullable String severity,
            @Nullable String trace,
            @Nullable String span,
            List<Map<String, Object>> idle) {}

    Entry read(String line) {
        Map<String, Object> tree = new HashMap<>(
                Map.of("body", line, "attributes", new HashMap<String, Object>(), "resource", new HashMap<>()));
        var fields = new HashMap<String, String>();
        List<Map<String, Object>> idle = new ArrayList<>();
        for (Map<String, Object> operator : operators) {
            if (applies(tree, operator.get("if"))) {
                apply(operator, tree, fields);
            } else {
                idle.add(operator);
            }
        }
        String time = fields.get("timestamp");
        return new Entry(
                tree,
                time == null ? null : Instant.parse(time),
                fields.get("severity"),
                fields.get("trace_id"),
                fields.get("span_id"),
                idle);
    }

    private static boolean applies(Map<String, Object> tree, @Nullable Object condition) {
        if (condition == null) {
            return true;
        }
        if (condition.equals("body startsWith \"{\"")) {
            return tree.get("body").toString().startsWith("{");
        }
        var present = PRESENT.matcher(condition.toString());
        if (!present.matches()) {
            throw new IllegalStateException("Not known here: if " + condition);
        }
        return find(tree, present.group(1)) != null;
    }

    private static void apply(Map<String, Object> operator, Map<String, Object> tree, Map<String, String> fields) {
        switch (String.valueOf(operator.get("type"))) {
            case "container" -> {}
            case "json_parser" -> parse(operator, tree, fields);
            case "move" -> put(tree, operator.get("to"), take(tree, operator.get("from")));
            case "remove" -> take(tree, operator.get("field"));
            default -> throw new IllegalStateException("Not known here: " + operator);
        }
    }

    @SuppressWarnings("unchecked")
    private static void parse(Map<String, Object> operator, Map<String, Object> tree, Map<String, String> fields) {
        Map<String, Object> line = new Yaml().load(tree.get("body").toString());
        ((Map<String, Object>) tree.get("attributes")).putAll(line);
        var timestamp = (Map<String, String>) operator.get("timestamp");
        fields.put("timestamp", time(timestamp, need(tree, timestamp.get("parse_from"))));
        var severity = (Map<String, String>) operator.get("severity");
        fields.put("severity", need(tree, severity.get("parse_from")));
        ((Map<String, Map<String, String>>) operator.get("trace")).forEach((id, of) -> {
            Object found = find(tree, of.get("parse_from"));
            if (found != null) {
                fields.put(id, found.toString());
            }
        });
    }

    private static String time(Map<String, String> timestamp, String text) {
        String pattern = Pattern.compile("%[A-Za-z]|[A-Za-z]+")
                .matcher(timestamp.get("layout"))
                .replaceAll(part -> DIRECTIVES.getOrDefault(part.group(), "'" + part.group() + "'"));
        return LocalDateTime.parse(text, DateTimeFormatter.ofPattern(pattern))
                .atZone(ZoneId.of(timestamp.get("location")))
                .toInstant()
                .toString();
    }

    private static String need(Map<String, Object> tree, Object field) {
        Object found = find(tree, field);
        if (found == null) {
            throw new IllegalStateException("There is no " + field + " in " + tree);
        }
        return found.toString();
    }

    private static @Nullable Object find(Map<String, Object> tree, Object field) {
        Object value = tree;
        for (String step : steps(field)) {
            value = value instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return value;
    }

    private static Object take(Map<String, Object> tree, Object field) {
        Object taken = find(tree, field);
        if (taken == null) {
            throw new IllegalStateException("There is no " + field + " in " + tree);
        }
        parent(tree, field).remove(steps(field).getLast());
        return taken;
    }

    private static void put(Map<String, Object> tree, Object field, Object value) {
        parent(tree, field).put(steps(field).getLast(), value);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> parent(Map<String, Object> tree, Object field) {
        Map<String, Object> parent = tree;
        for (String step : steps(field).subList(0, steps(field).size() - 1)) {
            parent = (Map<String, Object>) parent.get(step);
        }
        return parent;
    }

    private static List<String> steps(Object field) {
        return STEP.matcher(field.toString())
                .results()
                .map(step -> step.group(1) == null ? step.group(2) : step.group(1))
                .toList();
    }
}
