package io.flowmaestro.connections.benchmarks.registry;

import io.flowmaestro.connections.benchmarks.registry.ListStatements.Logged;
import io.flowmaestro.connections.benchmarks.server.DurablePostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * How PostgreSQL carries a list's statement out, as the role of the service and under row security.
 *
 * @param lines of {@code explain (verbose)}
 * @param readsCiphertext whether it needs the column that the vault sealed
 */
record ListPlan(List<String> lines, boolean readsCiphertext) {

    private static final String INDEX = "connections_by_user";
    private static final Pattern PARAMETER = Pattern.compile("\\$\\d+ = ('(?:[^']|'')*'|NULL)");
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    /** PostgreSQL plans the first five executions of a prepared statement one by one, and then once for all if that is no dearer. */
    private static final int UNTIL_SETTLED = 6;

    /** The plan that the pooled connections of a service have come to, whose prepared statements are kept. */
    static ListPlan of(DurablePostgres postgres, String database, UUID user, Logged statement) throws SQLException {
        var values = PARAMETER
                .matcher(statement.parameters())
                .results()
                .map(found -> found.group(1))
                .toList();
        try (var connection = postgres.connect(database);
                var sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            sql.execute("set local role registry_app");
            sql.execute("select set_config('app.user_id', '" + user + "', true)");
            sql.execute("prepare list as " + statement.sql());
            var list = "execute list(" + String.join(", ", values) + ")";
            for (int i = 0; i < UNTIL_SETTLED; i++) {
                sql.execute(list);
            }
            var plan = lines(connection, "explain (verbose) " + list);
            return new ListPlan(plan, needsCiphertext(connection, sql, list));
        }
    }

    /** Whether PostgreSQL refuses the statement to a role that may select every column but {@code data}. Rolled back. */
    private static boolean needsCiphertext(Connection connection, Statement sql, String list) throws SQLException {
        sql.execute("reset role");
        sql.execute("revoke select on registry.connections from registry_app");
        sql.execute("""
                do $$ begin
                  execute (select format('grant select (%s) on registry.connections to registry_app',
                                         string_agg(quote_ident(attname), ', '))
                             from pg_attribute where attrelid = 'registry.connections'::regclass
                              and attnum > 0 and not attisdropped and attname <> 'data');
                end $$""");
        sql.execute("set local role registry_app");
        try {
            sql.execute(list);
            return false;
        } catch (SQLException refused) {
            if (INSUFFICIENT_PRIVILEGE.equals(refused.getSQLState())) {
                return true;
            }
            throw refused;
        } finally {
            connection.rollback();
        }
    }

    private static List<String> lines(Connection connection, String explain) throws SQLException {
        var lines = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(explain)) {
            while (rows.next()) {
                lines.add(rows.getString(1).strip());
            }
        }
        return lines;
    }

    boolean usesIndex() {
        return lines.stream()
                .anyMatch(line -> line.contains("using " + INDEX + " ") || line.contains("on " + INDEX + " "));
    }

    boolean isProtected() {
        return lines.stream().anyMatch(ListPlan::isPolicy);
    }

    /** Where the policy stands in the plan. */
    String protection() {
        return lines.stream().filter(ListPlan::isPolicy).findFirst().orElse("the plan has no policy");
    }

    private static boolean isPolicy(String line) {
        return line.contains("app.user_id");
    }

    /** The step that finds the rows. */
    String scan() {
        return lines.stream()
                .filter(line -> line.contains("registry.connections"))
                .findFirst()
                .orElse("no scan")
                .replaceFirst("^->\\s*", "");
    }
}
