package io.flowmaestro.connections.local.isolation;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The rows of a user, in whatever table has a column {@code user_id}. */
final class UserRows {
    private static final String TABLES = """
            select c.table_schema || '.' || c.table_name
              from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
             where c.column_name = 'user_id' and t.table_type = 'BASE TABLE'
               and c.table_schema in ('registry', 'vault', 'oauth', 'mcp')
               and c.table_name not like 'audit_records%'""";

    /** What a rewrap of everybody's rows stamps on them: it is one of the operations, and an operator's right. */
    private static final String STAMPS = "array['rewrap_run', 'rewrap_claimed_until']";

    private UserRows() {}

    /** By table: every row as text, sorted. The vault's audit trail is left out, as it is to record an attempt. */
    static Map<String, String> of(SuiteAccess suite, UUID user) throws SQLException {
        var rows = new TreeMap<String, String>();
        try (var sql = suite.sql()) {
            for (var table : tables(sql)) {
                rows.put(table, rows(sql, table, user));
            }
        }
        return rows;
    }

    private static List<String> tables(Connection sql) throws SQLException {
        var tables = new ArrayList<String>();
        try (var statement = sql.createStatement();
                var found = statement.executeQuery(TABLES)) {
            while (found.next()) {
                tables.add(found.getString(1));
            }
        }
        return tables;
    }

    private static String rows(Connection sql, String table, UUID user) throws SQLException {
        var all = "select coalesce(string_agg(row, E'\\n' order by row), '') from (select (to_jsonb(t) - " + STAMPS
                + ")::text as row from " + table + " t where user_id = ?) rows";
        try (var select = sql.prepareStatement(all)) {
            select.setObject(1, user);
            try (var found = select.executeQuery()) {
                found.next();
                return found.getString(1);
            }
        }
    }
}
