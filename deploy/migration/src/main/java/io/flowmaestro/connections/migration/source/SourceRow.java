package io.flowmaestro.connections.migration.source;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * A row as it is in the source: JSON as its text, timestamps as PostgreSQL writes them, with a {@code Z} behind those
 * that have a zone. What is null is absent.
 *
 * @param secrets the row that an integration points to for its secret
 * @param firstIn the table that has a row with the same id and is read before
 */
public record SourceRow(
        Table table, String id, Map<Field, String> values, Optional<Secrets> secrets, Optional<Table> firstIn) {

    /** The row that holds an integration's secret. */
    public record Secrets(String id, Map<Field, String> values) {
        public Secrets {
            values = copy(values);
        }

        @Override
        public String toString() {
            return "Secrets[" + id + "]";
        }
    }

    public SourceRow {
        values = copy(values);
    }

    public Optional<String> value(Field field) {
        return Optional.ofNullable(values.get(field));
    }

    /** Of this row, else of the one that holds its secret. */
    public Optional<String> ownOrLinked(Field field) {
        return value(field)
                .or(() -> secrets.flatMap(
                        linked -> Optional.ofNullable(linked.values().get(field))));
    }

    /** Never its values. */
    @Override
    public String toString() {
        return table.tableName() + " " + id;
    }

    private static Map<Field, String> copy(Map<Field, String> values) {
        Map<Field, String> copy = new EnumMap<>(Field.class);
        copy.putAll(values);
        return copy;
    }
}
