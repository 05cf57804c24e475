package io.flowmaestro.connections.worker;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Makes a call again where that is safe: after 429 and 503, and, if the call may be made twice, when no answer came. It waits as
 * long as {@code Retry-After} says and a little more, or a random part of a growing time; never beyond its patience.
 *
 * @param attempts calls in all, at least 1
 * @param patience how long all waiting together may last
 * @param step the longest wait before the second call; it doubles with each
 */
record Retries(int attempts, Duration patience, Duration step, RandomGenerator random) {

    private static final double SPREAD = 0.2;

    /** What may be done with a call that failed. */
    enum Repeat {
        /** It may be made twice. */
        FREELY,
        /** Only after an answer that says that nothing ran. */
        IF_NOTHING_RAN
    }

    <T> T run(Repeat repeat, Supplier<T> call) {
        Duration waited = Duration.ZERO;
        for (int attempt = 1; ; attempt++) {
            try {
                return call.get();
            } catch (ProblemException | UnreachableException failure) {
                Optional<Duration> pause = attempt < attempts && mayRepeat(repeat, failure)
                        ? Optional.of(pause(failure, attempt))
                        : Optional.empty();
                waited = waited.plus(pause.orElse(Duration.ZERO));
                if (pause.isEmpty() || waited.compareTo(patience) > 0) {
                    throw failure;
                }
                sleep(pause.get());
            }
        }
    }

    private static boolean mayRepeat(Repeat repeat, ConnectionsException failure) {
        return switch (failure) {
            case ProblemException problem ->
                (problem.status() == 429 || problem.status() == 503)
                        && (repeat == Repeat.FREELY || problem.nothingRan());
            case UnreachableException _ ->
                repeat == Repeat.FREELY && !Thread.currentThread().isInterrupted();
            case UnexpectedAnswerException _, WrongCredentialException _ -> false;
        };
    }

    private Duration pause(ConnectionsException failure, int attempt) {
        if (failure instanceof ProblemException problem && problem.retryAfter().isPresent()) {
            Duration told = problem.retryAfter().get();
            return told.plusMillis((long) (told.toMillis() * SPREAD * random.nextDouble()));
        }
        return Duration.ofMillis((long) (step.toMillis() * Math.pow(2, attempt - 1.0) * random.nextDouble()));
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw UnreachableException.interrupted();
        }
    }
}
