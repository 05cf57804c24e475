package io.flowmaestro.connections.oauth.refresh;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauthclient.TokenConfig;
import io.flowmaestro.connections.scheduled.WorkUnderWay;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Refreshes that have begun and not come to their end. A replica that is told to stop begins no more of them, and stays
 * until their answers are safe: a rolling update must not cost a token.
 */
@ApplicationScoped
class CallsUnderWay {

    private static final Logger LOG = Logger.getLogger(CallsUnderWay.class);
    private static final Duration TO_KEEP = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Duration longest;
    private final WorkUnderWay refreshes = new WorkUnderWay();
    private final AtomicInteger unanswered = new AtomicInteger();

    CallsUnderWay(TokenConfig config) {
        longest = config.timeout().plus(TO_KEEP);
    }

    /** Whether a refresh may begin; then {@link #end} has to follow. */
    boolean begin() {
        return refreshes.begin();
    }

    void end() {
        refreshes.end();
    }

    /** The part of a refresh in which its provider is waited for. */
    <T> Uni<T> asking(Supplier<Uni<T>> call) {
        return Uni.createFrom().deferred(() -> {
            unanswered.incrementAndGet();
            return call.get().onTermination().invoke(unanswered::decrementAndGet);
        });
    }

    /** What is said to whoever wants a refresh from a replica that is about to stop. */
    static ProblemException refused() {
        return new ProblemException(
                        OAuthProblem.REFRESH_UNAVAILABLE,
                        "This replica is about to stop, so it begins no refresh. Try again: another one answers.")
                .retryAfter(RETRY);
    }

    void stop() {
        refreshes.stop();
    }

    /** Waits on the main thread, which has nothing else to do by then. */
    void finish(@Observes ShutdownEvent stop) {
        stop();
        if (refreshes.left() > 0) {
            LOG.infof("Refreshes are waited for: %s", waitedFor());
        }
        if (!refreshes.await(longest)) {
            LOG.errorf(
                    "Refreshes have not come to their end in time: %s. Other replicas ask silent providers again after the quarantine, and publish the answers that are here.",
                    waitedFor());
        }
    }

    /** For people: who has not done its part yet. */
    String waitedFor() {
        int providers = unanswered.get();
        return "%d for an answer of their provider, %d for the database, the registry or the vault"
                .formatted(providers, Math.max(0, refreshes.left() - providers));
    }
}
