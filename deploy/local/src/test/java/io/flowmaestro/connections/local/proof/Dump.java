package io.flowmaestro.connections.local.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that the vault keeps, and the registry's envelopes, as files. What pg_dump would write as COPY is written by
 * the server itself: the embedded one comes without pg_dump, and one of another version refuses.
 */
final class Dump {
    private static final String TABLES = """
            select 'vault.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname = 'vault' and c.relkind = 'r' and c.relname <> 'flyway_schema_history' order by 1""";
    private static final String ROWS =
            "(select id, user_id, name, connection_method, provider, data from registry.connections)";
    private static final String ROW_COLUMNS =
            "registry.connections (id, user_id, name, connection_method, provider, data)";

    private final Path folder;
    private final List<String> tables;
    private final long epoch;

    private Dump(Path folder, List<String> tables, long epoch) {
        this.folder = folder;
        this.tables = tables;
        this.epoch = epoch;
    }

    /** In one transaction, so that it is of one moment. */
    static Dump of(VaultSystem system, Path folder) throws IOException, SQLException {
        Files.createDirectories(folder);
        try (var sql = system.sql();
                var statement = sql.createStatement()) {
            sql.setAutoCommit(false);
            statement.execute("set transaction isolation level repeatable read");
            var tables = names(statement);
            for (var table : tables) {
                statement.execute("copy " + table + " to '" + folder.resolve(table) + "'");
            }
            statement.execute("copy " + ROWS + " to '" + folder.resolve("rows") + "'");
            return new Dump(folder, tables, number(statement, "select last_value from vault.key_epoch"));
        }
    }

    /** Into a database of its own, which is made for that. */
    void restore(VaultSystem system, String database) throws SQLException {
        system.parts().database(database);
        try (var sql = system.parts().connect(database);
                var statement = sql.createStatement()) {
            sql.setAutoCommit(false);
            statement.execute("set local session_replication_role = replica");
            for (var table : tables) {
                statement.execute("delete from " + table);
                statement.execute("copy " + table + " from '" + folder.resolve(table) + "'");
            }
            statement.execute("copy " + ROW_COLUMNS + " from '" + folder.resolve("rows") + "'");
            statement.execute("select setval('vault.key_epoch', " + epoch + ")");
            sql.commit();
        }
    }

    private static List<String> names(Statement statement) throws SQLException {
        var names = new ArrayList<String>();
        try (var rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
