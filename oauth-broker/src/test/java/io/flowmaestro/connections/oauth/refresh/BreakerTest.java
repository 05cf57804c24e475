package io.flowmaestro.connections.oauth.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BreakerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private final Random random = new Random(7);

    private Breaker after(int failures) {
        var breaker = Breaker.SOUND;
        for (int i = 0; i < failures; i++) {
            breaker = breaker.failed(NOW, Duration.ZERO, random);
        }
        return breaker;
    }

    @Test
    void letsAFewFailuresPass() {
        assertThat(after(4).pause(NOW)).isZero();
        assertThat(after(5).pause(NOW)).isPositive();
    }

    @Test
    void waitsLongerAndLongerAndNeverMoreThanAMinute() {
        assertThat(after(5).pause(NOW)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(after(8).pause(NOW)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(8));
        assertThat(after(500).pause(NOW)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
    }

    @Test
    void waitsForAsLongAsTheProviderAsksWithinBounds() {
        assertThat(Breaker.SOUND.failed(NOW, Duration.ofSeconds(17), random).pause(NOW))
                .isEqualTo(Duration.ofSeconds(17));
        assertThat(Breaker.SOUND.failed(NOW, Duration.ofDays(1), random).pause(NOW))
                .isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void letsOneCallerTryBeforeTheOthers() {
        var later = NOW.plusSeconds(2);
        var open = after(5);
        assertThat(open.pause(later)).isZero();
        assertThat(open.probing(later, Duration.ofSeconds(20)).pause(later)).isEqualTo(Duration.ofSeconds(20));
        assertThat(Breaker.SOUND.probing(later, Duration.ofSeconds(20)).pause(later))
                .as("a sound provider has no queue")
                .isZero();
    }
}
