package io.flowmaestro.connections.migration.source;

import io.flowmaestro.connections.migration.refusal.Refusal;
import java.sql.SQLException;
import java.util.Optional;

/** What the operator is told when the source refuses or goes away. */
final class SourceFailures {
    private SourceFailures() {}

    static Refusal connecting(SourceAddress address, SQLException failure) {
        return Refusal.stopped("The source " + address + " cannot be used: " + reason(failure) + advice(failure));
    }

    static Refusal reading(String table, SQLException failure) {
        return Refusal.stopped("Reading " + table + " failed: " + reason(failure) + advice(failure));
    }

    private static String advice(SQLException failure) {
        return switch (state(failure)) {
            case "28P01", "28000", "08004" ->
                " Its password comes from PGPASSWORD, ~/.pgpass or the file named in CONNECTIONS_IMPORT_PASSWORD_FILE.";
            case "3D000" -> " Name the right database in --from.";
            case "42501" ->
                " Grant the role of --from the right to read: usage on the schema, select on its tables;"
                        + " where row security is on, also bypassrls.";
            case "08001", "08006", "57P01" -> " Is it running, and reachable from here?";
            default -> "";
        };
    }

    /** One line, and as the server says it. */
    private static String reason(SQLException failure) {
        String text = Optional.ofNullable(failure.getMessage())
                .orElse(failure.getClass().getSimpleName())
                .lines()
                .findFirst()
                .orElse("no reason given")
                .strip();
        return text.endsWith(".") ? text : text + ".";
    }

    private static String state(SQLException failure) {
        return Optional.ofNullable(failure.getSQLState()).orElse("");
    }
}
