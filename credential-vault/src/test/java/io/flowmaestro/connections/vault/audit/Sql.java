package io.flowmaestro.connections.vault.audit;

import io.flowmaestro.connections.testing.PostgresResource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The database as a superuser sees and changes it. */
final class Sql {

    private Sql() {}

    static void execute(String statement, Object... parameters) {
        try (var connection = PostgresResource.superuser();
                var prepared = connection.prepareStatement(statement)) {
            for (int i = 0; i < parameters.length; i++) {
                prepared.setObject(i + 1, parameters[i]);
            }
            prepared.execute();
        } catch (SQLException failure) {
            throw new AssertionError(statement, failure);
        }
    }

    static List<String> column(String query, Object... parameters) {
        try (var connection = PostgresResource.superuser()) {
            return column(connection, query, parameters);
        } catch (SQLException failure) {
            throw new AssertionError(query, failure);
        }
    }

    static List<String> column(Connection connection, String query, Object... parameters) throws SQLException {
        try (var prepared = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                prepared.setObject(i + 1, parameters[i]);
            }
            var values = new ArrayList<String>();
            var rows = prepared.executeQuery();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    static long number(String query, Object... parameters) {
        return Long.parseLong(column(query, parameters).getFirst());
    }
}
