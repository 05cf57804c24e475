package io.flowmaestro.connections.oauth.attempt;

import io.flowmaestro.connections.flight.SingleFlight;
import io.flowmaestro.connections.scheduled.Rounds;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Brings journaled answers home. A replica is ready only once those that a former run of it left have arrived. */
@Readiness
@ApplicationScoped
class JournalReplay implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(JournalReplay.class);

    private final AnswerStore answers;
    private final Rounds rounds;
    private final SingleFlight<Void> replaying = new SingleFlight<>();
    private volatile boolean replayed;

    JournalReplay(AnswerStore answers, Rounds rounds) {
        this.answers = answers;
        this.rounds = rounds;
    }

    /** The replica is not ready before, and the first round would come with the next full second. */
    void begin(@Observes StartupEvent start) {
        var _ = replay().subscribeAsCompletionStage();
    }

    @Scheduled(identity = "journal-replay", every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> replay() {
        return replaying.join(() -> rounds.run(this::stored));
    }

    private Uni<Void> stored() {
        return answers.replay()
                .invoke(() -> replayed = true)
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.warnf("Journaled answers wait for PostgreSQL: %s", failure))
                .onFailure()
                .recoverWithNull();
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("answers of a former run are stored")
                .status(replayed)
                .build();
    }
}
