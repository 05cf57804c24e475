package io.flowmaestro.connections.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RestartBudgetTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private final RestartBudget budget = new RestartBudget();

    @Test
    void givesLongerAndLongerPausesAndThenNoMore() {
        assertThat(pauseAt(0)).hasSeconds(1);
        assertThat(pauseAt(2)).hasSeconds(2);
        assertThat(pauseAt(5)).hasSeconds(4);
        assertThat(pauseAt(10)).hasSeconds(8);
        assertThat(pauseAt(20)).hasSeconds(16);
        assertThat(budget.pauseAfterDeathAt(START.plusSeconds(40))).isEmpty();
    }

    @Test
    void forgetsDeathsOfLongAgo() {
        for (int i = 0; i < RestartBudget.RESTARTS; i++) {
            pauseAt(i);
        }

        assertThat(pauseAt(RestartBudget.WINDOW.toSeconds() + 60)).hasSeconds(1);
    }

    private Duration pauseAt(long seconds) {
        return budget.pauseAfterDeathAt(START.plusSeconds(seconds)).orElseThrow();
    }
}
