package io.flowmaestro.connections.migration.source;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The one query that reads a table: every value as text, in the order of ids, so that a run can go on after any of them. */
final class RowQuery {
    /** What an integration takes from the row it points to. */
    private static final Set<Field> LINKED =
            Set.of(Field.USER, Field.METHOD, Field.ENVELOPE, Field.STATUS, Field.DELETED_AT, Field.MCP_SERVER_URL);

    private final TableShape shape;
    private final List<TableShape> before;
    private final List<Field> own;
    private final List<Field> linked;

    /** @param before the shapes of the tables whose rows win over this one's when they have the same id */
    RowQuery(TableShape shape, List<TableShape> before) {
        this.shape = shape;
        this.before = before;
        this.own = shape.columns().keySet().stream()
                .filter(field -> field != Field.ID)
                .toList();
        this.linked = shape.secrets().stream()
                .flatMap(secrets -> secrets.columns().keySet().stream())
                .filter(LINKED::contains)
                .toList();
    }

    /** @param resumed with a parameter: the id after which to go on */
    String sql(boolean resumed) {
        List<String> selected = new ArrayList<>(List.of(id("t") + "::text", firstIn()));
        own.forEach(field -> selected.add(value("t", field, shape)));
        shape.secrets().ifPresent(secrets -> {
            selected.add("l." + secrets.column(Field.ID).sql() + "::text");
            linked.forEach(field -> selected.add(value("l", field, secrets)));
        });
        return "select " + String.join(", ", selected) + " from " + shape.sqlName() + " t" + join()
                + (resumed ? " where " + ordered() + " > ?::" + (uuid(shape) ? "uuid" : "text") : "")
                + " order by " + ordered();
    }

    SourceRow row(ResultSet result) throws SQLException {
        String id = Objects.requireNonNull(result.getString(1), "a key is never null");
        Optional<Table> firstIn = Optional.ofNullable(result.getString(2)).map(Table::named);
        Map<Field, String> values = values(result, own, 3);
        int next = 3 + own.size();
        @Nullable String linkedId = shape.secrets().isPresent() ? result.getString(next) : null;
        Optional<SourceRow.Secrets> secrets = linkedId == null
                ? Optional.empty()
                : Optional.of(new SourceRow.Secrets(linkedId, values(result, linked, next + 1)));
        return new SourceRow(shape.table(), id, values, secrets, firstIn);
    }

    private static Map<Field, String> values(ResultSet result, List<Field> fields, int first) throws SQLException {
        Map<Field, String> values = new EnumMap<>(Field.class);
        for (int i = 0; i < fields.size(); i++) {
            @Nullable String value = result.getString(first + i);
            if (value != null) {
                values.put(fields.get(i), value);
            }
        }
        return values;
    }

    private String firstIn() {
        if (before.isEmpty()) {
            return "null::text";
        }
        StringBuilder cases = new StringBuilder("case");
        for (TableShape other : before) {
            boolean comparable = uuid(other) == uuid(shape);
            String cast = comparable ? "" : "::text";
            cases.append(" when exists (select from ")
                    .append(other.sqlName())
                    .append(" o where o.")
                    .append(other.column(Field.ID).sql())
                    .append(cast)
                    .append(" = ")
                    .append(id("t"))
                    .append(cast)
                    .append(") then '")
                    .append(other.table().tableName())
                    .append("'");
        }
        return cases.append(" end").toString();
    }

    private String join() {
        return shape.secrets()
                .map(secrets -> {
                    boolean comparable = uuid(secrets)
                            && shape.column(Field.CREDENTIAL).type().equals("uuid");
                    String cast = comparable ? "" : "::text";
                    return " left join " + secrets.sqlName() + " l on l."
                            + secrets.column(Field.ID).sql() + cast + " = t."
                            + shape.column(Field.CREDENTIAL).sql() + cast;
                })
                .orElse("");
    }

    /** Text in the order of its bytes, whatever the database's collation: only so is an id a position. */
    private String ordered() {
        return uuid(shape) ? id("t") : id("t") + "::text collate \"C\"";
    }

    private String id(String alias) {
        return alias + "." + shape.column(Field.ID).sql();
    }

    private static String value(String alias, Field field, TableShape of) {
        String column = alias + "." + of.column(field).sql();
        return of.column(field).type().equals("timestamptz")
                ? "(" + column + " at time zone 'UTC')::text || 'Z'"
                : column + "::text";
    }

    private static boolean uuid(TableShape shape) {
        return shape.column(Field.ID).type().equals("uuid");
    }
}
