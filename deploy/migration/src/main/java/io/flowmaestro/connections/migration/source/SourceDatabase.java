package io.flowmaestro.connections.migration.source;

import io.flowmaestro.connections.migration.refusal.Refusal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The source for the time of one run: one read-only transaction over one snapshot, so that what is counted is what is
 * read. It is never written to.
 */
public final class SourceDatabase implements AutoCloseable {
    /** Held here, as the logging system forgets a level whose logger nobody holds. */
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    private static final List<String> BEGINNING = List.of(
            "set transaction isolation level repeatable read, read only",
            // A row that a policy hides would be lost without a word: with this, reading fails instead.
            "set local row_security = off",
            "set local datestyle = 'ISO, YMD'",
            // While the registry is slow, this session idles within its transaction.
            "set local idle_in_transaction_session_timeout = 0");

    private final Connection connection;
    private final String schema;

    private SourceDatabase(Connection connection, String schema) {
        this.connection = connection;
        this.schema = schema;
    }

    /**
     * Connects and begins the transaction.
     *
     * @param password empty: the driver looks into {@code ~/.pgpass}
     */
    public static SourceDatabase open(SourceAddress address, Optional<String> password, String schema) {
        DRIVER.setLevel(Level.OFF);
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "connections-import");
        properties.putAll(address.parameters());
        address.user().ifPresent(user -> properties.setProperty("user", user));
        password.ifPresent(secret -> properties.setProperty("password", secret));
        try {
            Connection connection = DriverManager.getConnection(address.jdbcUrl(), properties);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                for (String setting : BEGINNING) {
                    statement.execute(setting);
                }
            }
            return new SourceDatabase(connection, schema);
        } catch (SQLException failure) {
            throw SourceFailures.connecting(address, failure);
        }
    }

    /** The tables to read, in order. */
    public List<SourceTable> tables(List<Table> wanted) {
        try {
            Map<Table, Map<String, Column>> catalogue = new EnumMap<>(Table.class);
            for (Table table : Table.values()) {
                var columns = Catalogue.columns(connection, schema, table);
                if (!columns.isEmpty()) {
                    catalogue.put(table, columns);
                }
            }
            List<TableShape> shapes = new Shapes(schema, catalogue).of(wanted);
            List<SourceTable> tables = new ArrayList<>();
            for (int i = 0; i < shapes.size(); i++) {
                tables.add(
                        new SourceTable(connection, shapes.get(i), new RowQuery(shapes.get(i), shapes.subList(0, i))));
            }
            return tables;
        } catch (SQLException failure) {
            throw SourceFailures.reading(schema, failure);
        }
    }

    /** When the snapshot was taken. */
    public Instant now() {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery("select now()")) {
            if (!result.next()) {
                throw Refusal.stopped("The source does not tell its time.");
            }
            return result.getObject(1, OffsetDateTime.class).toInstant();
        } catch (SQLException failure) {
            throw SourceFailures.reading(schema, failure);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException gone) {
            // Nothing was written, and there is nothing left to read.
        }
    }
}
