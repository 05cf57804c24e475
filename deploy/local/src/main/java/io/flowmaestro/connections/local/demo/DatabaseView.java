package io.flowmaestro.connections.local.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** Looks at what is really stored. It reads past every row policy, as a thief of the database would. */
final class DatabaseView {
    private static final String STORED = """
            select data::text, credential_generation, coalesce(jsonb_array_length(mcp_tools), 0)
            from registry.connections where id = ?""";

    private final String url;
    private final String superuser;
    private final String password;

    DatabaseView(String url, String superuser, String password) {
        this.url = url;
        this.superuser = superuser;
        this.password = password;
    }

    StoredConnection connection(UUID id) {
        try (Connection database = DriverManager.getConnection(url, superuser, password);
                PreparedStatement query = database.prepareStatement(STORED)) {
            query.setObject(1, id);
            try (ResultSet row = query.executeQuery()) {
                StepFailed.unless(row.next(), "PostgreSQL has no row for connection " + id);
                return new StoredConnection(row.getString(1), row.getLong(2), row.getInt(3));
            }
        } catch (SQLException failure) {
            throw new StepFailed("PostgreSQL cannot be read: " + failure.getMessage());
        }
    }
}
