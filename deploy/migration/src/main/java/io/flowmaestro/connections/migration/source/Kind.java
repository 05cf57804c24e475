package io.flowmaestro.connections.migration.source;

import java.util.Set;

/** What a column's type must be for its values to be understood. */
enum Kind {
    ID("uuid or text", Set.of("uuid", "text", "varchar", "bpchar")),
    TEXT("text", Set.of("text", "varchar", "bpchar", "uuid", "int4", "int8", "name", "citext")),
    JSON("jsonb, json or text", Set.of("jsonb", "json", "text", "varchar")),
    BOOLEAN("boolean", Set.of("bool")),
    TIME("timestamp or timestamptz", Set.of("timestamp", "timestamptz"));

    private final String wanted;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of
    private final Set<String> types;

    Kind(String wanted, Set<String> types) {
        this.wanted = wanted;
        this.types = types;
    }

    boolean takes(Column column) {
        return types.contains(column.type()) || (this == TEXT && column.enumerated());
    }

    String wanted() {
        return wanted;
    }
}
