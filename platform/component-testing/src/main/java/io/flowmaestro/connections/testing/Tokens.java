package io.flowmaestro.connections.testing;

import io.flowmaestro.connections.testing.Token.Claims;
import java.util.UUID;

/** Bearer tokens as the identity provider would issue them, and some that it never would. */
public final class Tokens {

    static final String ISSUER = "connections.test.issuer";
    static final String PRIVATE_KEY = "connections.test.issuer-key";
    static final String KEY_ID = "test";

    private Tokens() {}

    public static String user(UUID user) {
        return Token.sign(new Claims(user.toString(), "connections-ui", "user", "connections", 600));
    }

    /** A user's token for a resource of its own. */
    public static String user(UUID user, String audience) {
        return Token.sign(new Claims(user.toString(), "connections-ui", "user", audience, 600));
    }

    public static String admin() {
        return Token.sign(new Claims(UUID.randomUUID().toString(), "connections-ui", "admin", "connections", 600));
    }

    public static String worker() {
        return Token.sign(new Claims("worker", "worker", "worker", "connections", 600));
    }

    /** One of the suite's services, e.g. {@code oauth-broker}. */
    public static String service(String client) {
        return Token.sign(new Claims(client, client, "service", "connections", 600));
    }

    public static String expired(UUID user) {
        return Token.sign(new Claims(user.toString(), "connections-ui", "user", "connections", -60));
    }

    public static String otherAudience(UUID user) {
        return Token.sign(new Claims(user.toString(), "connections-ui", "user", "elsewhere", 600));
    }
}
