package io.flowmaestro.connections.mcp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {

    @Test
    void leavesWhatIsLeft() {
        var deadline = Deadline.in(Duration.ofMinutes(1));
        assertThat(deadline.isOver()).isFalse();
        assertThat(deadline.remaining()).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1));
    }

    /** No timer takes less, and a call that is nearly over must not fail as if it were ours. */
    @ParameterizedTest
    @ValueSource(longs = {999_999, 1, 0, -1, -1_000_000_000})
    void isOverWhenLessThanAMillisecondIsLeft(long nanos) {
        var deadline = Deadline.in(Duration.ofNanos(nanos));
        assertThat(deadline.isOver()).isTrue();
        assertThatThrownBy(deadline::remaining)
                .isInstanceOfSatisfying(
                        McpFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(new Reason.TimedOut()));
    }
}
