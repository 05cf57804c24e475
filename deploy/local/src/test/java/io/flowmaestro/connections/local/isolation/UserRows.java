package io.flowmaestro.connections.local.isolation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** The rows of a user, in whatever table has a column {@code user_id}. */
final class UserRows {
    private static final String TABLES = """
            select c.table_schema || '.' || c.table_name
              from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
             where c.column_name = 'user_id' and t.table_type = 'BASE TABLE'
               and c.table_schema in ('registry', 'vault', 'oauth', 'mcp')
               and c.table_name !~ ?""";

    /** The vault's audit trail, which is to record an attempt, and deliveries, which go on by themselves for minutes. */
    private static final String ON_THEIR_OWN = "^audit_records|deliveries$";

    /** What also follows late from what somebody did: of use in saying whose act it was, unless that is over. */
    private static final String TRAILING = ON_THEIR_OWN + "|events$|outbox";

    /** What a rewrap of everybody's rows stamps on them, which is an operator's right; what the broker has in hand; a
     * use, when it is reported; and how far the vault counts ahead. */
    private static final String STAMPS = "array['rewrap_run', 'rewrap_claimed_until', 'refresh_claimed_until',"
            + " 'refresh_idle', 'revocation_due_at', 'revocation_since', 'revocation_claimed_until',"
            + " 'revocation_attempts', 'revoked_at_provider', 'last_used_at', 'messages_reserved']";

    private UserRows() {}

    /**
     * Every row as text, with its table before it.
     *
     * @param acted whether the user did something just now, of which records may still come
     */
    static Set<String> of(SuiteAccess suite, UUID user, boolean acted) throws SQLException {
        var rows = new TreeSet<String>();
        try (var sql = suite.sql()) {
            for (var table : tables(sql, acted ? TRAILING : ON_THEIR_OWN)) {
                rows.addAll(rows(sql, table, user));
            }
        }
        return rows;
    }

    /** The rows of one only. */
    static Set<String> difference(Set<String> one, Set<String> other) {
        var difference = new TreeSet<>(one);
        difference.addAll(other);
        difference.removeIf(row -> one.contains(row) && other.contains(row));
        return difference;
    }

    private static List<String> tables(Connection sql, String without) throws SQLException {
        try (var select = sql.prepareStatement(TABLES)) {
            select.setString(1, without);
            return texts(select);
        }
    }

    private static List<String> rows(Connection sql, String table, UUID user) throws SQLException {
        var all = "select '" + table + " ' || (to_jsonb(t) - " + STAMPS + ")::text from " + table
                + " t where user_id = ?";
        try (var select = sql.prepareStatement(all)) {
            select.setObject(1, user);
            return texts(select);
        }
    }

    private static List<String> texts(PreparedStatement select) throws SQLException {
        var texts = new ArrayList<String>();
        try (var found = select.executeQuery()) {
            while (found.next()) {
                texts.add(found.getString(1));
            }
        }
        return texts;
    }
}
