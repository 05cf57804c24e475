package io.flowmaestro.connections.worker;

import java.time.Duration;
import java.time.Instant;

/**
 * The worker's own token.
 *
 * @param since when it was asked for
 * @param renewal from when on another is asked for: a minute before its end, or a fifth of its life
 */
record WorkerToken(String value, Instant since, Instant renewal, Instant end) {

    private static final Duration EARLY = Duration.ofMinutes(1);

    static WorkerToken of(String value, Instant since, Duration lifetime) {
        Duration part = lifetime.dividedBy(5);
        Instant end = since.plus(lifetime);
        return new WorkerToken(value, since, end.minus(part.compareTo(EARLY) < 0 ? part : EARLY), end);
    }

    @Override
    public String toString() {
        return "WorkerToken[until " + end + "]";
    }
}
