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
 * How PostgreSQL carries a list's statement out, as the role of the service and under row security; the statements inside
 * of functions are looked at as well.
 *
 * @param lines of the plan that reads connections, the first one if there are several
 * @param reads how many plans read connections
 * @param plans that were carried out
 * @param readsCiphertext whether it needs the column that the vault sealed
 */
record ListPlan(List<String> lines, int reads, int plans, boolean readsCiphertext) {

    private static final String TABLE = " on registry.connections";
    private static final String PLAN = "duration: ";
    /** Has the server tell the plan of whatever is executed, also within functions, to whoever executes it. */
    private static final String EXPLAIN_EVERYTHING = """
            load 'auto_explain';
            set auto_explain.log_min_duration = 0;
            set auto_explain.log_nested_statements = on;
            set auto_explain.log_verbose = on;
            set auto_explain.log_level = notice""";

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
            sql.execute(EXPLAIN_EVERYTHING);
            sql.execute("set local role registry_app");
            sql.execute("select set_config('app.user_id', '" + user + "', true)");
            sql.execute("prepare list as " + statement.sql());
            var list = "execute list(" + String.join(", ", values) + ")";
            for (int i = 0; i < UNTIL_SETTLED; i++) {
                sql.execute(list);
            }
            var plans = plans(sql, list);
            var reads = plans.stream().filter(ListPlan::reads).toList();
            if (reads.isEmpty()) {
                throw new IllegalStateException("no plan of a list reads connections: " + plans);
            }
            return new ListPlan(reads.getFirst(), reads.size(), plans.size(), needsCiphertext(connection, sql, list));
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

    /** The lines of every plan that the statement comes to. */
    private static List<List<String>> plans(Statement sql, String list) throws SQLException {
        var plans = new ArrayList<List<String>>();
        sql.execute(list);
        for (var told = sql.getWarnings(); told != null; told = told.getNextWarning()) {
            var message = String.valueOf(told.getMessage());
            if (message.startsWith(PLAN)) {
                plans.add(message.lines().map(String::strip).toList());
            }
        }
        return plans;
    }

    private static boolean reads(List<String> plan) {
        return plan.stream().anyMatch(line -> line.contains(TABLE));
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
        return line.contains("current_setting('app.user_id'");
    }

    /** The step that finds the rows. */
    String scan() {
        return lines.stream()
                .filter(line -> line.contains(TABLE))
                .findFirst()
                .orElse("no scan")
                .replaceFirst("^->\\s*", "");
    }
}
