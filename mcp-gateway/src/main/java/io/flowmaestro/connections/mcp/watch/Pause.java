package io.flowmaestro.connections.mcp.watch;

import io.flowmaestro.connections.mcp.core.McpFailure;
import io.flowmaestro.connections.mcp.core.Reason;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** How long it takes until a server is listened to again: longer each time, until a stream has stood for a while. */
final class Pause {

    private static final Duration STOOD = Duration.ofSeconds(60);
    private static final int MOST_DOUBLINGS = 16;

    private final Duration shortest;
    private final Duration longest;
    private final RandomGenerator random;
    private int ends;

    Pause(Duration shortest, Duration longest, RandomGenerator random) {
        this.shortest = shortest;
        this.longest = longest;
        this.random = random;
    }

    /**
     * The next one, up to half as long again by chance: servers end the streams of all their clients together.
     *
     * @param failure why the stream is over; null when the server has ended it
     * @param stood how long it has stood
     */
    Duration after(@Nullable Throwable failure, Duration stood) {
        if (stood.compareTo(STOOD) >= 0) {
            ends = 0;
        }
        var doubled = shortest.multipliedBy(1L << Math.min(ends++, MOST_DOUBLINGS));
        boolean never = failure != null && McpFailure.is(failure, Reason.NothingTold.class);
        long millis = (never || doubled.compareTo(longest) > 0 ? longest : doubled).toMillis();
        return Duration.ofMillis(millis + random.nextLong(millis / 2 + 1));
    }
}
