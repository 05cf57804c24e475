package io.flowmaestro.connections.oauth.flow;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What ties a flow to the browser that began it: the value of a cookie, of which only a hash is stored. */
record BrowserSecret(String value) {

    /** The browser's own value where it has one, so that flows in several tabs go on side by side. */
    static BrowserSecret of(@Nullable String cookie, RandomGenerator random) {
        return presented(cookie).orElseGet(() -> new BrowserSecret(Hashing.randomToken(random)));
    }

    static Optional<BrowserSecret> presented(@Nullable String cookie) {
        return Optional.ofNullable(cookie).filter(Hashing::isToken).map(BrowserSecret::new);
    }

    Digest hash() {
        return Digest.of(value);
    }

    boolean matches(Digest stored) {
        return stored.matches(value);
    }

    @Override
    public String toString() {
        return "BrowserSecret[redacted]";
    }
}
