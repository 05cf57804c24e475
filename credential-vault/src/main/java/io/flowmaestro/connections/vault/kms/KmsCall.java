package io.flowmaestro.connections.vault.kms;

import io.flowmaestro.connections.flight.CallerContext;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.vault.problem.VaultProblem;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * How every call to a key management service is made: bounded in time, repeated if that helps, and failing in one
 * way.
 */
public final class KmsCall {

    /** For one operation with all its attempts; whoever waits for it holds a request open. */
    public static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** How often a transient failure is tried again. Wrapping and unwrapping change nothing, so repeating is safe. */
    public static final int RETRIES = 2;

    public static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
    public static final Duration LONGEST_BACKOFF = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger(KmsCall.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final double JITTER = 0.5;

    private final String service;
    private final Duration timeout;

    public KmsCall(String service, Duration timeout) {
        this.service = service;
        this.timeout = timeout;
    }

    /** One operation whose transient failures are tried again here. */
    public <T> Uni<T> retrying(Uni<T> attempt) {
        return once(attempt.onFailure(KmsCall::isTransient)
                .retry()
                .withJitter(JITTER)
                .withBackOff(FIRST_BACKOFF, LONGEST_BACKOFF)
                .atMost(RETRIES));
    }

    /** One operation whose client tries again by itself. */
    public <T> Uni<T> once(Uni<T> operation) {
        return onCallersContext(operation
                .ifNoItem()
                .after(timeout)
                .failWith(() -> new KmsFailure(
                        KmsFailure.Kind.TIMEOUT, "It did not answer within %d ms.".formatted(timeout.toMillis())))
                .onFailure(KmsFailure.class)
                .transform(this::unavailable));
    }

    /** Timers and worker threads took part; a database connection that the caller goes on with must not notice. */
    private static <T> Uni<T> onCallersContext(Uni<T> operation) {
        return Uni.createFrom().deferred(() -> operation.emitOn(CallerContext.current()));
    }

    private ProblemException unavailable(KmsFailure failure) {
        LOG.warnf("Key management service %s: %s. %s", service, failure.kind(), failure.advice());
        return new ProblemException(VaultProblem.KMS_UNAVAILABLE, detail(failure.kind())).retryAfter(RETRY_AFTER);
    }

    private static String detail(KmsFailure.Kind kind) {
        return switch (kind) {
            case UNREACHABLE, THROTTLED, SERVER_ERROR, CORRUPTED, TIMEOUT ->
                "The key management service is not available right now. Try again shortly.";
            case TLS, REFUSED, KEY_UNUSABLE, BAD_ANSWER ->
                "The key management service does not serve the vault. An operator finds the reason in the vault's log.";
        };
    }

    private static boolean isTransient(Throwable failure) {
        return failure instanceof KmsFailure known && known.isTransient();
    }
}
