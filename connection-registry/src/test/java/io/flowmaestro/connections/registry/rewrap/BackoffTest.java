package io.flowmaestro.connections.registry.rewrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final MovingClock clock = new MovingClock();
    private final Backoff backoff = new Backoff(clock, new Random(7));

    private Duration failedAfterWaiting(Duration retryAfter) {
        Duration wait = backoff.failed(retryAfter).orElseThrow();
        clock.advance(wait);
        return wait;
    }

    @Test
    void doublesUpToHalfAMinuteWithJitter() {
        List<Duration> waits = Stream.generate(() -> failedAfterWaiting(Duration.ZERO))
                .limit(8)
                .toList();

        for (int i = 0; i < waits.size(); i++) {
            Duration full = Duration.ofSeconds(Math.min(30, 1 << i));
            assertThat(waits.get(i)).isBetween(full.dividedBy(2), full);
        }
        assertThat(waits).doesNotHaveDuplicates();
    }

    @Test
    void waitsUntilTheTimeIsOver() {
        assertThat(backoff.isWaiting()).isFalse();
        Duration wait = backoff.failed(Duration.ZERO).orElseThrow();

        assertThat(backoff.isWaiting()).isTrue();
        clock.advance(wait);
        assertThat(backoff.isWaiting()).isFalse();
    }

    @Test
    void countsFailuresThatCameTogetherOnce() {
        backoff.failed(Duration.ZERO);

        assertThat(backoff.failed(Duration.ZERO)).isEmpty();
        assertThat(backoff.failed(Duration.ofSeconds(20))).isEmpty();
    }

    @Test
    void beginsAnewAfterASuccess() {
        failedAfterWaiting(Duration.ZERO);
        failedAfterWaiting(Duration.ZERO);
        backoff.succeeded();

        assertThat(failedAfterWaiting(Duration.ZERO)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void waitsAsLongAsItIsAskedToButNoLongerThanHalfAMinute() {
        assertThat(failedAfterWaiting(Duration.ofSeconds(12))).isEqualTo(Duration.ofSeconds(12));
        assertThat(failedAfterWaiting(Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(30));
    }

    private static final class MovingClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void advance(Duration step) {
            now = now.plus(step);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
