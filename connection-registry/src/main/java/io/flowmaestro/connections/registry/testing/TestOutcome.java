package io.flowmaestro.connections.registry.testing;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a test found out. */
enum TestOutcome {
    PASSED,
    /** The provider refused the credential. */
    FAILED,
    /** A fault that says nothing about the credential: a timeout, an outage, too many requests. */
    INCONCLUSIVE,
    /** There is nothing to ask, as with a database. */
    UNTESTABLE;

    @JsonValue
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it says anything about the credential. */
    boolean isConclusive() {
        return this == PASSED || this == FAILED;
    }
}
