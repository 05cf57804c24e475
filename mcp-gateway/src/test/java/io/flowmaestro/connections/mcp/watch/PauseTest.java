package io.flowmaestro.connections.mcp.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.mcp.core.McpFailure;
import io.flowmaestro.connections.mcp.core.Reason;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PauseTest {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Throwable AWAY = new McpFailure(new Reason.TimedOut());

    private final Pause pause = new Pause(SHORTEST, LONGEST, new Random(1));

    private static void isAbout(Duration wanted, Duration pause) {
        assertThat(pause).isBetween(wanted, wanted.multipliedBy(3).dividedBy(2));
    }

    @Test
    void isLongerEachTime() {
        isAbout(Duration.ofSeconds(1), pause.after(AWAY, Duration.ZERO));
        isAbout(Duration.ofSeconds(2), pause.after(null, Duration.ofSeconds(59)));
        isAbout(Duration.ofSeconds(4), pause.after(AWAY, Duration.ZERO));
        for (int i = 0; i < 100; i++) {
            pause.after(AWAY, Duration.ZERO);
        }
        isAbout(LONGEST, pause.after(AWAY, Duration.ZERO));
    }

    @Test
    void isShortAgainAfterAStreamThatStood() {
        pause.after(AWAY, Duration.ZERO);
        pause.after(AWAY, Duration.ZERO);

        isAbout(SHORTEST, pause.after(null, Duration.ofMinutes(1)));
    }

    @Test
    void isTheLongestAfterAServerThatTellsNothing() {
        isAbout(LONGEST, pause.after(new McpFailure(new Reason.NothingTold()), Duration.ZERO));
    }
}
