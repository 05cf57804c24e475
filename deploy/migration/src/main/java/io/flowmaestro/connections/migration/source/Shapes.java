package io.flowmaestro.connections.migration.source;

import io.flowmaestro.connections.migration.refusal.Refusal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Recognises the tables of the source, and says what is missing of one that it does not know. */
final class Shapes {
    private final String schema;
    private final Map<Table, Map<String, Column>> catalogue;

    /** @param catalogue the columns of the tables that are there */
    Shapes(String schema, Map<Table, Map<String, Column>> catalogue) {
        this.schema = schema;
        this.catalogue = catalogue;
    }

    /** @param wanted the tables asked for; empty means all that are there */
    List<TableShape> of(List<Table> wanted) {
        if (catalogue.isEmpty()) {
            throw Refusal.stopped("The source has no table connections, credentials or integrations in the schema \""
                    + schema + "\". Name the right one with --schema, and the right database in --from.");
        }
        for (Table table : wanted) {
            if (!catalogue.containsKey(table)) {
                throw Refusal.stopped("The source has no table \"" + table.tableName() + "\" in the schema \"" + schema
                        + "\". There are: "
                        + String.join(
                                ", ",
                                catalogue.keySet().stream()
                                        .map(Table::tableName)
                                        .toList()) + ".");
            }
        }
        return catalogue.keySet().stream()
                .filter(table -> wanted.isEmpty() || wanted.contains(table))
                .map(this::shape)
                .toList();
    }

    private TableShape shape(Table table) {
        Map<Field, Column> found = found(table);
        Optional<TableShape> secrets = secrets(table, found);
        List<String> complaints = new ArrayList<>();
        for (Field field : List.of(Field.ID, Field.USER, Field.NAME, Field.PROVIDER, Field.METHOD, Field.ENVELOPE)) {
            boolean elsewhere = secrets.isPresent() && (field == Field.METHOD || field == Field.ENVELOPE);
            if (!found.containsKey(field) && !elsewhere) {
                complaints.add("it has no column " + field.wanted());
            }
        }
        found.forEach((field, column) -> complaints.addAll(complaints(field, column)));
        if (!complaints.isEmpty()) {
            throw Refusal.stopped("The table " + schema + "." + table.tableName() + " is of no known shape: "
                    + String.join("; ", complaints) + ". docs/migration.md lists the shapes; leave the table out with"
                    + " --table, or show the rows in a known shape in a table of their own.");
        }
        return new TableShape(table, schema, found, secrets);
    }

    private static List<String> complaints(Field field, Column column) {
        if (!field.kind().takes(column)) {
            return List.of("its column " + column.name() + " is of type " + column.type() + " and must be "
                    + field.kind().wanted());
        }
        return field == Field.ID && !column.key()
                ? List.of("its column " + column.name() + " is no primary key, so that rows cannot be told apart")
                : List.of();
    }

    private Map<Field, Column> found(Table table) {
        Map<String, Column> columns = catalogue.getOrDefault(table, Map.of());
        Map<Field, Column> found = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            field.columns().stream().filter(columns::containsKey).findFirst().ifPresent(name -> {
                found.put(field, columns.getOrDefault(name, new Column(name, "", false, false)));
            });
        }
        // The oldest integrations have a type only, and it names the service.
        Column type = columns.get("type");
        if (table == Table.INTEGRATIONS && type != null && !found.containsKey(Field.PROVIDER)) {
            found.put(Field.PROVIDER, type);
            found.remove(Field.METHOD, type);
        }
        return found;
    }

    /** An integration may point to a credential; that table may have been renamed to connections since. */
    private Optional<TableShape> secrets(Table table, Map<Field, Column> found) {
        if (table != Table.INTEGRATIONS || !found.containsKey(Field.CREDENTIAL)) {
            return Optional.empty();
        }
        return List.of(Table.CREDENTIALS, Table.CONNECTIONS).stream()
                .filter(catalogue::containsKey)
                .findFirst()
                .map(this::shape);
    }
}
