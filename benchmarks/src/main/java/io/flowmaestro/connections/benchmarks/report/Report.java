package io.flowmaestro.connections.benchmarks.report;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What one benchmark found out, on which machine and with which settings. */
public final class Report {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final String name;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<Comparison> comparisons = new ArrayList<>();
    private final List<Figure> figures = new ArrayList<>();
    private final List<Condition> conditions = new ArrayList<>();

    public Report(String name) {
        this.name = name;
    }

    public void settings(Map<String, String> more) {
        settings.putAll(more);
    }

    public void add(Comparison comparison) {
        comparisons.add(comparison);
    }

    public void add(Figure figure) {
        figures.add(figure);
    }

    public void add(Condition condition) {
        conditions.add(condition);
    }

    public List<Condition> conditions() {
        return List.copyOf(conditions);
    }

    public List<Comparison> comparisons() {
        return List.copyOf(comparisons);
    }

    public List<Figure> figures() {
        return List.copyOf(figures);
    }

    /** The names of all bars and conditions that were missed. */
    public List<String> missed() {
        return Stream.concat(
                        comparisons.stream()
                                .filter(comparison -> !comparison.met())
                                .map(Comparison::name),
                        conditions.stream()
                                .filter(condition -> !condition.met())
                                .map(Condition::name))
                .toList();
    }

    public void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        var content = new LinkedHashMap<String, Object>();
        content.put("benchmark", name);
        content.put("settings", settings);
        content.put("comparisons", comparisons.stream().map(Report::json).toList());
        content.put("conditions", conditions);
        content.put("figures", figures);
        JSON.writeValue(file.toFile(), content);
    }

    private static Map<String, Object> json(Comparison comparison) {
        var json = new LinkedHashMap<String, Object>();
        json.put("name", comparison.name());
        json.put("measured", comparison.measured());
        json.put("baseline", comparison.baseline());
        json.put("ratio", comparison.ratio());
        json.put("lowest", comparison.lowest());
        json.put("highest", comparison.highest());
        json.put("bar", comparison.bar());
        json.put("met", comparison.met());
        return json;
    }

    public String text() {
        var text = new StringBuilder("\n").append(name).append("\n\n");
        settings.forEach((setting, value) -> text.append("  %-24s %s\n".formatted(setting, value)));
        text.append("\n  %-50s %8s  %-15s %6s  %s\n".formatted("compared", "ratio", "(range)", "bar", ""));
        for (var one : comparisons) {
            text.append("  %-50s %8.2f  %-15s %6.2f  %s\n"
                    .formatted(
                            one.name(),
                            one.ratio(),
                            "(%.2f to %.2f)".formatted(one.lowest(), one.highest()),
                            one.bar(),
                            one.verdict()));
            text.append("      ").append(one.measured().text()).append('\n');
            text.append("      ").append(one.baseline().text()).append('\n');
        }
        conditions.forEach(condition -> text.append(
                "  %-68s %s\n      %s\n".formatted(condition.name(), condition.verdict(), condition.found())));
        text.append("\n  figures\n");
        figures.forEach(
                figure -> text.append("  %-52s %,12.1f %s\n".formatted(figure.name(), figure.value(), figure.unit())));
        return text.append('\n').append(verdict()).append('\n').toString();
    }

    private String verdict() {
        int all = comparisons.size() + conditions.size();
        return missed().isEmpty()
                ? "All %d bars were met.".formatted(all)
                : "%d of %d bars were MISSED: %s.".formatted(missed().size(), all, String.join("; ", missed()));
    }
}
