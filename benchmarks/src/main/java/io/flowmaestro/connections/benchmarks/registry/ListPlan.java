package io.flowmaestro.connections.benchmarks.registry;

import io.flowmaestro.connections.benchmarks.registry.ListStatements.Logged;
import io.flowmaestro.connections.benchmarks.server.DurablePostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * How PostgreSQL carries a list's statement out, as the role of the service and under row security.
 *
 * @param lines of {@code explain (verbose)}
 */
record ListPlan(List<String> lines) {

    private static final String INDEX = "connections_by_user";
    private static final Pattern PARAMETER = Pattern.compile("\\$\\d+ = ('(?:[^']|'')*'|NULL)");
    private static final Pattern CIPHERTEXT = Pattern.compile("\\b(connections\\.)?data\\b");

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
            return new ListPlan(lines(connection, "explain (verbose) " + list));
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

    /** Whether any step hands on what the vault sealed. */
    boolean readsCiphertext() {
        return lines.stream()
                .filter(line -> line.startsWith("Output:"))
                .anyMatch(line -> CIPHERTEXT.matcher(line).find());
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
