package io.flowmaestro.connections.schema;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** What a database says of the suite's schemas: columns, indexes, triggers, policies, rights, and how many rows there are. */
final class Catalog {
    private static final String SCHEMAS = "('registry', 'vault', 'oauth', 'mcp')";
    private static final List<String> ASKED = List.of(
            "select 'column', table_schema, table_name, column_name, data_type, is_nullable, column_default"
                    + " from information_schema.columns where table_schema in " + SCHEMAS,
            "select 'index', schemaname, indexname, indexdef from pg_indexes where schemaname in " + SCHEMAS,
            "select 'trigger', tgrelid::regclass, tgname, pg_get_triggerdef(oid) from pg_trigger"
                    + " where not tgisinternal",
            "select 'policy', schemaname, tablename, policyname, roles, cmd, qual, with_check from pg_policies",
            "select 'security', oid::regclass, relrowsecurity, relforcerowsecurity, pg_get_userbyid(relowner) from pg_class"
                    + " where relkind in ('r', 'p') and relnamespace::regnamespace::text in " + SCHEMAS,
            "select 'right', table_schema, table_name, column_name, grantee, privilege_type"
                    + " from information_schema.column_privileges where table_schema in " + SCHEMAS,
            "select 'right', table_schema, table_name, grantee, privilege_type"
                    + " from information_schema.table_privileges where table_schema in " + SCHEMAS,
            "select 'function', oid::regprocedure, proacl, prosecdef, md5(prosrc) from pg_proc"
                    + " where pronamespace::regnamespace::text in " + SCHEMAS,
            "select 'schema', nspname, nspacl from pg_namespace where nspname in " + SCHEMAS,
            "select 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid) from pg_constraint"
                    + " where connamespace::regnamespace::text in " + SCHEMAS,
            "select 'migration', version, checksum from registry.flyway_schema_history",
            "select 'user', id, email from registry.users");

    private Catalog() {}

    static List<String> of(DataSource database) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            for (String query : ASKED) {
                try (var rows = statement.executeQuery(query)) {
                    while (rows.next()) {
                        var line = new StringBuilder();
                        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                            line.append(rows.getString(column)).append(" | ");
                        }
                        lines.add(plain(line.toString()));
                    }
                }
            }
        }
        return lines.stream().sorted().toList();
    }

    /** A restored expression has its casts in other places, and means the same. */
    private static String plain(String line) {
        return line.replaceAll("::(text|character varying)(\\[])?|[()]", "");
    }
}
