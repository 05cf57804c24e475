package io.flowmaestro.connections.registry.proof;

import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.registry.Registry;
import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Users with connections whose ids tell the owner, so that a foreign row is recognised wherever it shows. */
public final class Tenants {

    public static final int USERS = 32;
    public static final int EACH = 12;

    private static final long USER = 0x0190_a1ce_feed_7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private Tenants() {}

    public static UUID user(int number) {
        return new UUID(USER, VARIANT | number);
    }

    public static Caller caller(UUID user) {
        return new Caller(user, user.toString(), "connections-ui");
    }

    /** One of the user's connections. */
    public static UUID connection(UUID user, RandomGenerator random) {
        return new UUID(USER | 1 + random.nextInt(EACH), user.getLeastSignificantBits());
    }

    public static boolean isForeign(UUID user, UUID connection) {
        return user.getLeastSignificantBits() != connection.getLeastSignificantBits();
    }

    /** Puts them into the database, past row security. None of them falls due for its daily test meanwhile, which is an event as well. */
    public static void store() throws SQLException {
        Registry.update("delete from registry.connection_events where user_id::text like '0190a1ce-feed-%'");
        Registry.update("delete from registry.connections where user_id::text like '0190a1ce-feed-%'");
        for (int number = 0; number < USERS; number++) {
            for (int i = 1; i <= EACH; i++) {
                Registry.update(
                        """
                        insert into registry.connections (id, user_id, name, connection_method, provider, data, test_due_at)
                        values ('%s', '%2$s', 'of %2$s', 'api_key', 'openai', '{"ciphertext": "of %2$s"}',
                                now() + interval '1 day')""".formatted(new UUID(USER | i, user(number).getLeastSignificantBits()), user(number)));
            }
        }
    }

    /** A number about all of them, past row security. */
    public static long count(String query) throws SQLException {
        return Long.parseLong(Objects.requireNonNull(Registry.sql(query)));
    }
}
