package io.flowmaestro.connections.registry.rewrap;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.testing.PostgresResource;
import java.sql.SQLException;
import java.util.UUID;

/** Rows and runs as tests put them into the database and find them there, past row security. */
final class Rows {

    /** What a rewrap must leave alone, of all rows together. */
    private static final String REST = """
            select md5(string_agg(concat_ws('|', id, user_id, name, version, credential_generation, updated_at, status,
                                            deleted_at), ',' order by id)) from registry.connections""";

    private Rows() {}

    static void clear() throws SQLException {
        execute("truncate registry.connections");
        execute("truncate registry.webhooks");
        execute("delete from registry.providers");
        execute("truncate registry.rewrap_runs");
    }

    static void execute(String statement) throws SQLException {
        try (var connection = PostgresResource.superuser();
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    /** {@code each} connections for each of {@code users} users; every tenth is deleted. Their envelopes differ. */
    static void many(int users, int each) throws SQLException {
        execute("""
                insert into registry.connections
                       (id, user_id, name, connection_method, provider, data, version, credential_generation, updated_at, deleted_at)
                select gen_random_uuid(), md5('user' || u)::uuid, 'c' || c, 'api_key', 'openai',
                       jsonb_build_object('format', 1, 'key_version', 1, 'ciphertext', u || '-' || c),
                       1 + c, 1 + u, now() - interval '1 day', case when c %% 10 = 0 then now() end
                  from generate_series(1, %d) u, generate_series(1, %d) c""".formatted(users, each));
    }

    static UUID one(UUID user, String ciphertext) throws SQLException {
        UUID id = UUID.randomUUID();
        execute("""
                insert into registry.connections (id, user_id, name, connection_method, provider, data)
                values ('%s', '%s', 'one', 'api_key', 'openai', '%s')""".formatted(id, user, envelope(ciphertext)));
        return id;
    }

    static UUID webhook(UUID user, String ciphertext) throws SQLException {
        UUID id = UUID.randomUUID();
        execute("""
                insert into registry.webhooks (id, user_id, url, events, secret)
                values ('%s', '%s', 'https://hooks.example/', '{expired}', '%s')""".formatted(id, user, envelope(ciphertext)));
        return id;
    }

    /** An entry that no replica shows, since it says nothing but its key. */
    static void client(String provider, String ciphertext) throws SQLException {
        execute("""
                insert into registry.providers (key, definition, client_id, client_secret)
                values ('%s', '{"key": "%1$s"}', 'client', '%s')""".formatted(provider, envelope(ciphertext)));
    }

    static String webhookCiphertext(UUID id) throws SQLException {
        return text("select secret->>'ciphertext' from registry.webhooks where id = '" + id + "'");
    }

    static String clientCiphertext(String provider) throws SQLException {
        return text("select client_secret->>'ciphertext' from registry.providers where key = '" + provider + "'");
    }

    static String envelope(String ciphertext) {
        return "{\"format\": 1, \"key_version\": 1, \"ciphertext\": \"%s\"}".formatted(ciphertext);
    }

    static String ciphertext(UUID id) throws SQLException {
        return text("select data->>'ciphertext' from registry.connections where id = '" + id + "'");
    }

    static long run(UUID id) throws SQLException {
        return count("select rewrap_run from registry.connections where id = '" + id + "'");
    }

    static String rest() throws SQLException {
        return text(REST);
    }

    static String text(String query) throws SQLException {
        return Registry.sql(query);
    }

    static long count(String query) throws SQLException {
        return Long.parseLong(text(query));
    }
}
