package io.flowmaestro.connections.migration.report;

import io.flowmaestro.connections.migration.source.Table;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The figures of a report, and how far it has come in each table. */
public final class Tally {
    private final Map<Table, Map<String, Long>> outcomes = new EnumMap<>(Table.class);
    private final Map<Table, Map<String, Long>> refusals = new EnumMap<>(Table.class);
    private final Map<Table, String> lastIds = new EnumMap<>(Table.class);

    void add(ReportLine line) {
        count(outcomes, line.table(), line.outcome());
        if (line.outcome().equals("refused")) {
            count(refusals, line.table(), line.code().orElse("no code"));
        }
        lastIds.put(line.table(), line.id());
    }

    /** The id of the last row of a table that has a line. */
    public Optional<String> lastId(Table table) {
        return Optional.ofNullable(lastIds.get(table));
    }

    public long rows(Table table) {
        return sum(outcomes, table);
    }

    public long rows() {
        return outcomes.keySet().stream().mapToLong(this::rows).sum();
    }

    public long refused() {
        return refusals.keySet().stream()
                .mapToLong(table -> sum(refusals, table))
                .sum();
    }

    /** One line of a summary, for example {@code credentials: 12 rows, 10 imported, 2 refused (2 not-sealed)}. */
    public String line(Table table) {
        String rows = String.format(Locale.ROOT, "%s: %d rows", table.tableName(), rows(table));
        return outcomes.getOrDefault(table, Map.of()).entrySet().stream()
                .map(entry -> ", " + entry.getValue() + " " + entry.getKey().replace('_', ' ')
                        + (entry.getKey().equals("refused") ? " (" + codes(table) + ")" : ""))
                .collect(Collectors.joining("", rows, ""));
    }

    private String codes(Table table) {
        return refusals.getOrDefault(table, Map.of()).entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    private static void count(Map<Table, Map<String, Long>> counts, Table table, String key) {
        counts.computeIfAbsent(table, _ -> new TreeMap<>()).merge(key, 1L, Long::sum);
    }

    private static long sum(Map<Table, Map<String, Long>> counts, Table table) {
        return counts.getOrDefault(table, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
