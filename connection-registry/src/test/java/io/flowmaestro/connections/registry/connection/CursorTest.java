package io.flowmaestro.connections.registry.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.registry.data.ConnectionMethod;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    private static final Cursor LAST = new Cursor(
            Instant.parse("2026-11-23T10:00:00.123456Z"), UUID.fromString("0190a1ce-0000-7000-8000-00000000a11c"));

    @Test
    void comesBackAsItWas() {
        assertThat(Cursor.decode(LAST.encode(42), 42)).isEqualTo(LAST);
    }

    @Test
    void belongsToOneFilterOnly() {
        long all = ConnectionQuery.fingerprint(null, null, null, null);
        long some = ConnectionQuery.fingerprint("github", ConnectionMethod.API_KEY, null, null);

        assertThat(all).isNotEqualTo(some);
        assertThatThrownBy(() -> Cursor.decode(LAST.encode(all), some))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code().code()).isEqualTo("cursor-invalid"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "!!!", "AAAA", "AQAAAAAAAAAqAAYxMTExMTExMTExMTExMTExMTExMTExMTE"})
    void refusesWhatItDidNotWrite(String text) {
        assertThatThrownBy(() -> Cursor.decode(text, 1)).isInstanceOf(ProblemException.class);
    }

    @Test
    void refusesATimeThatNoRowCanHave() {
        Cursor never = new Cursor(Instant.parse("+20000-01-01T00:00:00Z"), LAST.id());

        assertThatThrownBy(() -> Cursor.decode(never.encode(1), 1)).isInstanceOf(ProblemException.class);
    }
}
