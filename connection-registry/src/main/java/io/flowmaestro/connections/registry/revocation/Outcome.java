package io.flowmaestro.connections.registry.revocation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What came of telling a provider. All but {@link #RETRY} end the matter. */
enum Outcome {
    REVOKED,
    /** The provider has no way to be told. */
    NOT_OFFERED,
    /** The provider would not have it, and would not another time. */
    REFUSED,
    RETRY;

    static final String ALLOWED = Arrays.stream(values()).map(Outcome::wire).collect(Collectors.joining(", "));

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Outcome> find(String wire) {
        return Arrays.stream(values())
                .filter(outcome -> outcome.wire().equals(wire))
                .findFirst();
    }
}
