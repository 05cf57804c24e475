package io.flowmaestro.connections.migration.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A table of the source, read by a cursor. */
public final class SourceTable {
    private final Connection connection;
    private final TableShape shape;
    private final RowQuery query;

    SourceTable(Connection connection, TableShape shape, RowQuery query) {
        this.connection = connection;
        this.shape = shape;
        this.query = query;
    }

    public Table table() {
        return shape.table();
    }

    public long count() {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery("select count(*) from " + shape.sqlName())) {
            result.next();
            return result.getLong(1);
        } catch (SQLException failure) {
            throw SourceFailures.reading(shape.sqlName(), failure);
        }
    }

    /** Takes rows; answers whether to go on. */
    @FunctionalInterface
    public interface Batches {
        boolean take(List<SourceRow> rows);
    }

    /**
     * Reads in the order of ids, {@code size} rows at a time.
     *
     * @param after the id to go on after
     * @return whether the table was read to its end
     */
    public boolean read(Optional<String> after, int size, Batches batches) {
        try (PreparedStatement statement = connection.prepareStatement(query.sql(after.isPresent()))) {
            statement.setFetchSize(size);
            if (after.isPresent()) {
                statement.setString(1, after.get());
            }
            try (var result = statement.executeQuery()) {
                List<SourceRow> rows = new ArrayList<>(size);
                while (result.next()) {
                    rows.add(query.row(result));
                    if (rows.size() == size) {
                        if (!batches.take(List.copyOf(rows))) {
                            return false;
                        }
                        rows.clear();
                    }
                }
                return rows.isEmpty() || batches.take(List.copyOf(rows));
            }
        } catch (SQLException failure) {
            throw SourceFailures.reading(shape.sqlName(), failure);
        }
    }
}
