package io.flowmaestro.connections.migration.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The columns of a table, from the source's own catalogue: unlike information_schema it also shows what may not be read. */
final class Catalogue {
    private static final String COLUMNS = """
            select a.attname, t.typname, t.typtype = 'e' as enumerated,
                   a.attnotnull and exists (
                     select from pg_catalog.pg_index i
                      where i.indrelid = c.oid and i.indisunique and i.indisvalid and i.indpred is null
                        and i.indnkeyatts = 1 and i.indkey[0] = a.attnum) as key
              from pg_catalog.pg_class c
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
              join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
              join pg_catalog.pg_type t on t.oid = a.atttypid
             where n.nspname = ? and c.relname = ? and c.relkind in ('r', 'p')
             order by a.attnum""";

    private Catalogue() {}

    /** By name; empty when there is no such table. */
    static Map<String, Column> columns(Connection connection, String schema, Table table) throws SQLException {
        try (var query = connection.prepareStatement(COLUMNS)) {
            query.setString(1, schema);
            query.setString(2, table.tableName());
            try (var rows = query.executeQuery()) {
                Map<String, Column> columns = new LinkedHashMap<>();
                while (rows.next()) {
                    var column =
                            new Column(rows.getString(1), rows.getString(2), rows.getBoolean(3), rows.getBoolean(4));
                    columns.put(column.name(), column);
                }
                return columns;
            }
        }
    }
}
