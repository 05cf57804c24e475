package io.flowmaestro.connections.registry.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-31T00:00:00Z",
                "2026-11-02T23:59:59.5Z",
                "2026-11-02T10:00:00.123Z",
                "2026-11-02T10:00:00.000001Z",
                "2026-11-02T10:00:00.123456789Z",
                "2024-02-29T12:34:56Z",
                "1970-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z",
                "2026-11-02T24:00:00Z",
                "2026-12-31T23:59:60Z",
                "2026-11-02T10:00:00.Z",
                "2026-11-02T10:00:00+01:00",
                "2026-11-02t10:00:00z"
            })
    void areReadAsTheFormatterReadsThem(String text) {
        assertThat(Moments.find(text)).contains(Instant.parse(text).truncatedTo(ChronoUnit.MICROS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-11-02",
                "2026-11-02T10:00:00",
                "2026-11-02T10:00:00.1234567890Z",
                "2026-11-02T10:00:00,5Z",
                "2026-11-02T10:00:00.5",
                "2026-11-02T10:00:00.+5Z",
                "2026-11-02 10:00:00Z",
                "2026-02-30T10:00:00Z",
                "2025-02-29T10:00:00Z",
                "2026-13-01T10:00:00Z",
                "2026-00-01T10:00:00Z",
                "2026-11-02T25:00:00Z",
                "2026-11-02T10:60:00Z",
                "2026-11-02T10:00:61Z",
                "-026-11-02T10:00:00Z",
                "+026-11-02T10:00:00Z",
                "2026-11-02T10:00:00.٣Z",
                "٢٠٢٦-11-02T10:00:00Z"
            })
    void areNothingElse(String text) {
        assertThat(Moments.find(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1969-12-31T23:59:59.999999Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59.000001Z"})
    void areOfTheYearsThatCanBeTold(String text) {
        assertThat(Moments.find(text)).isEmpty();
    }
}
