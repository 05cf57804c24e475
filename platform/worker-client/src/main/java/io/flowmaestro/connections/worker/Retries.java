package io.flowmaestro.connections.worker;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Makes a call again where that is safe: after 429 and 503, and, if the call may be made twice, when no answer came. It waits as
 * long as {@code Retry-After} says and a little more, or a random part of a growing time; never beyond its patience. The worker's
 * own token has retries of its own: where they did not help, the call that wanted it is not made again.
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
        /** The same, and any answer of 500 and above may pass: for the identity provider, whose failures have no codes to go by. */
        EVEN_AFTER_A_FAULT,
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
                sleep(pause.get(), failure);
            }
        }
    }

    private static boolean mayRepeat(Repeat repeat, ConnectionsException failure) {
        if (failure.isBeforeTheCall()) {
            return false;
        }
        return switch (failure) {
            case ProblemException problem -> mayPass(repeat, problem);
            case UnreachableException _ ->
                repeat != Repeat.IF_NOTHING_RAN && !Thread.currentThread().isInterrupted();
            case UnexpectedAnswerException _, WrongCredentialException _ -> false;
        };
    }

    private static boolean mayPass(Repeat repeat, ProblemException problem) {
        boolean busy = problem.status() == 429 || problem.status() == 503;
        return switch (repeat) {
            case FREELY -> busy;
            case EVEN_AFTER_A_FAULT -> busy || problem.status() >= 500;
            case IF_NOTHING_RAN -> busy && problem.nothingRan();
        };
    }

    private Duration pause(ConnectionsException failure, int attempt) {
        if (failure instanceof ProblemException problem && problem.retryAfter().isPresent()) {
            Duration told = problem.retryAfter().get();
            return told.plusMillis((long) (told.toMillis() * SPREAD * random.nextDouble()));
        }
        return Duration.ofMillis((long) (step.toMillis() * Math.pow(2, attempt - 1.0) * random.nextDouble()));
    }

    /** Broken off while it waits, a call has done what its last try did. */
    private static void sleep(Duration pause, ConnectionsException last) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw UnreachableException.interrupted(!last.nothingRan());
        }
    }
}
