package io.flowmaestro.connections.migration.source;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which column of a table holds what.
 *
 * @param secrets of a table whose secrets are in another one: that one
 */
record TableShape(Table table, String schema, Map<Field, Column> columns, Optional<TableShape> secrets) {

    TableShape {
        columns = new EnumMap<>(columns);
    }

    boolean has(Field field) {
        return columns.containsKey(field);
    }

    Column column(Field field) {
        return Objects.requireNonNull(columns.get(field), () -> table + " has no " + field);
    }

    /** Quoted. */
    String sqlName() {
        return "\"" + schema + "\".\"" + table.tableName() + "\"";
    }
}
