package io.flowmaestro.connections.benchmarks.registry;

import io.flowmaestro.connections.benchmarks.server.DurablePostgres;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.UUID;

/**
 * A table of connections, {@link RegistrySettings#EACH} of each user. Those of one user lie far apart, as they do when
 * users come and go: every one that is read is on a page of its own where there are many users.
 *
 * @param database that holds it
 */
record StoredRows(String database, int users) {

    private static final String INSERT = """
            insert into registry.connections (id, user_id, name, connection_method, provider, data, metadata,
                                              last_used_at, last_tested_at, created_at, updated_at)
            select md5('connection ' || n)::uuid, md5('user ' || n % ?)::uuid, 'Connection number ' || n, 'api_key', 'openai',
                   jsonb_build_object('format', 1, 'key_id', md5('key ' || n % ?)::uuid, 'key_version', 1, 'nonce',
                                      left(md5(n::text), 16), 'ciphertext', repeat(md5('data ' || n), 8), 'tag', left(md5(n::text), 24)),
                   jsonb_build_object('note', 'number ' || n), now(), now(),
                   timestamptz '2026-01-01' + n * interval '1 ms', timestamptz '2026-01-01' + n * interval '1 ms'
              from generate_series(0, ? - 1) n""";

    /** Stores them, and leaves the table as it is some time after: with statistics, and its pages written out. */
    void store(DurablePostgres postgres) throws SQLException {
        try (var connection = postgres.connect(database);
                var insert = connection.prepareStatement(INSERT);
                var statement = connection.createStatement()) {
            insert.setInt(1, users);
            insert.setInt(2, users);
            insert.setInt(3, users * RegistrySettings.EACH);
            insert.executeUpdate();
            statement.execute("vacuum (analyze) registry.connections");
            statement.execute("checkpoint");
        }
    }

    UUID user(int number) {
        return id("user " + number % users);
    }

    /** One of the user's, from the middle of them. */
    UUID connectionOf(int number) {
        return id("connection " + (number % users + users * (RegistrySettings.EACH / 2)));
    }

    /** As PostgreSQL's {@code md5(text)::uuid}. */
    @SuppressWarnings("UnsafeHash") // to make ids, of what nobody has to guess
    private static UUID id(String text) {
        try {
            var digest =
                    ByteBuffer.wrap(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
            return new UUID(digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
