package io.flowmaestro.connections.testing;

import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** Functions of the database that run with their owner's rights, whoever calls them. */
public final class DefinerFunctions {

    private static final String PATHS = """
            select p.oid::regprocedure, (select s from unnest(p.proconfig) s where s like 'search_path=%') as path
              from pg_proc p where p.prosecdef and p.pronamespace = ?::regnamespace""";
    private static final String CHECK = """
            create function pg_temp.caught() returns boolean language plpgsql as
            'begin raise exception ''the check ran as %'', current_user; end'""";
    private static final String TYPE = "create domain pg_temp.text as pg_catalog.text check (pg_temp.caught())";

    private DefinerFunctions() {}

    /** Those of a schema, each with its setting of {@code search_path}; an empty text where it has none. */
    public static Map<String, String> paths(String schema) throws SQLException {
        try (var connection = PostgresResource.superuser();
                var query = connection.prepareStatement(PATHS)) {
            query.setString(1, schema);
            Map<String, String> paths = new TreeMap<>();
            var rows = query.executeQuery();
            while (rows.next()) {
                String path = rows.getString("path");
                paths.put(rows.getString(1), path == null ? "" : path);
            }
            return paths;
        }
    }

    /**
     * Calls as {@code role}, in whose session there is a type {@code pg_temp.text} with a check that fails and says as whom it ran,
     * and undoes everything. A superuser makes the type: the role itself may make none.
     *
     * @throws SQLException when the call fails, that check's exception included
     */
    public static void callBesideATypeOfTheCallers(String role, String call) throws SQLException {
        try (var connection = PostgresResource.superuser();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(CHECK);
            statement.execute(TYPE);
            statement.execute("set local role " + role);
            statement.execute(call);
            connection.rollback();
        }
    }
}
