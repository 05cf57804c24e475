package io.flowmaestro.connections.oauth.flow;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The {@code state} of one authorization request: unguessable, used once, stored as a hash only. */
record State(String value) {

    static State random(RandomGenerator random) {
        return new State(Hashing.randomToken(random));
    }

    /** What a callback presents, if it can be one of ours at all. */
    static Optional<State> presented(@Nullable String value) {
        return Optional.ofNullable(value).filter(Hashing::isToken).map(State::new);
    }

    Digest hash() {
        return Digest.of(value);
    }

    @Override
    public String toString() {
        return "State[redacted]";
    }
}
