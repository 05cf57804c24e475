package io.flowmaestro.connections.oauth.refresh;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauthclient.TokenConfig;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Calls of providers whose answers have not been kept yet. A replica that is told to stop begins no more of them, and
 * stays until those are safe: a rolling update must not cost a token.
 */
@ApplicationScoped
class CallsUnderWay {

    private static final Logger LOG = Logger.getLogger(CallsUnderWay.class);
    private static final Duration TO_KEEP = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Duration longest;
    /** One party for the replica itself, and one for each call. */
    private final Phaser parties = new Phaser(1);

    private volatile boolean stopping;

    CallsUnderWay(TokenConfig config) {
        longest = config.timeout().plus(TO_KEEP);
    }

    /** Whether a call may begin; then {@link #end} has to follow. */
    boolean begin() {
        parties.register();
        boolean refused = stopping;
        if (refused) {
            end();
        }
        return !refused;
    }

    void end() {
        parties.arriveAndDeregister();
    }

    /** What is said to whoever wants a refresh from a replica that is about to stop. */
    static ProblemException refused() {
        return new ProblemException(
                        OAuthProblem.REFRESH_UNAVAILABLE,
                        "This replica is about to stop, so it begins no refresh. Try again: another one answers.")
                .retryAfter(RETRY);
    }

    /** Waits on the main thread, which has nothing else to do by then. */
    void finish(@Observes ShutdownEvent stop) {
        stopping = true;
        int phase = parties.arriveAndDeregister();
        try {
            if (!parties.isTerminated()) {
                LOG.infof("%d calls of providers are waited for", parties.getUnarrivedParties());
                parties.awaitAdvanceInterruptibly(phase, longest.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (TimeoutException stuck) {
            LOG.errorf(
                    "%d providers have not answered in time; their connections are tried again after the quarantine",
                    parties.getUnarrivedParties());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
