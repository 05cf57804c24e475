package io.flowmaestro.connections.vault.audit;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditEventTest {

    @Test
    void takesTextUpToItsLimits() {
        assertThatNoException()
                .isThrownBy(() -> event("o".repeat(64), "k".repeat(64), "ä".repeat(255), "t".repeat(64)));
    }

    @Test
    void refusesTextOverItsLimits() {
        assertThatIllegalArgumentException().isThrownBy(() -> event("o".repeat(65), "ok", "actor", "t"));
        assertThatIllegalArgumentException().isThrownBy(() -> event("decrypt", "k".repeat(65), "actor", "t"));
        assertThatIllegalArgumentException().isThrownBy(() -> event("decrypt", "ok", "a".repeat(256), "t"));
        assertThatIllegalArgumentException().isThrownBy(() -> event("decrypt", "ok", "actor", "t".repeat(65)));
    }

    /** PostgreSQL takes no NUL, and a lone surrogate becomes another character on the way. */
    @ParameterizedTest
    @ValueSource(strings = {"", "a\0b", "a\ud800b"})
    void refusesTextThatCannotBeStoredAsItIs(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> event("decrypt", "ok", text, "t"));
    }

    private static void event(String operation, String outcome, String actor, String traceId) {
        new AuditEvent(
                operation,
                outcome,
                actor,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                traceId);
    }
}
