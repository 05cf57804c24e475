package io.flowmaestro.connections.registry.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.http.ProblemException;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    private static final UUID ID = UUID.fromString("0190a1ce-0000-7000-8000-00000000a11c");
    private static final Place LAST = Place.at(Instant.parse("2026-11-23T10:00:00.123456Z"), ID);

    @Test
    void comesBackAsItWas() {
        assertThat(Cursor.decode(Cursor.encode(42, LAST), 42)).isEqualTo(LAST);
        assertThat(LAST.time()).isEqualTo(Instant.parse("2026-11-23T10:00:00.123456Z"));
    }

    @Test
    void carriesNamesInAnyScript() {
        Place name = new Place("Zoë 🔑 ключ", ID);

        assertThat(Cursor.decode(Cursor.encode(1, name), 1)).isEqualTo(name);
    }

    @Test
    void belongsToOneFilterOnly() {
        long all = Cursor.fingerprint("connections", null, null);
        long some = Cursor.fingerprint("connections", "github", null);

        assertThat(all).isNotEqualTo(some);
        assertThatThrownBy(() -> Cursor.decode(Cursor.encode(all, LAST), some))
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
        Place never = Place.at(Instant.parse("+20000-01-01T00:00:00Z"), ID);

        assertThatThrownBy(never::time).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> new Place("soon", ID).time()).isInstanceOf(ProblemException.class);
    }
}
