package io.flowmaestro.connections.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-26T05:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | PT0S",
                "120 | PT2M",
                " 7  | PT7S",
                "86400 | PT1H",
                "999999999 | PT1H",
                "Thu, 26 Nov 2026 05:00:30 GMT | PT30S",
                "Thu, 26 Nov 2026 04:00:00 GMT | PT0S",
                "Fri, 27 Nov 2026 05:00:00 GMT | PT1H"
            })
    void readsSecondsAndDates(String header, Duration wanted) {
        assertThat(RetryAfter.of(Optional.of(header), NOW)).contains(wanted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "9999999999", "26 Nov"})
    void readsNothingIntoAnythingElse(String header) {
        assertThat(RetryAfter.of(Optional.of(header), NOW)).isEmpty();
    }

    @Test
    void readsNothingIntoNothing() {
        assertThat(RetryAfter.of(Optional.empty(), NOW)).isEmpty();
    }
}
