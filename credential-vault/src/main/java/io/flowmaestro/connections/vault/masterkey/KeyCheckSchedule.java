package io.flowmaestro.connections.vault.masterkey;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.ScheduledExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Singleton;

/** Runs the key check from the start on until it has an answer, so that a database that is late is only waited for. */
@ApplicationScoped
class KeyCheckSchedule {

    private final KeyGate gate;

    KeyCheckSchedule(KeyGate gate) {
        this.gate = gate;
    }

    /** A failure was logged where it happened; the next round tries again. */
    @Scheduled(
            identity = "key-check",
            every = "2s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Settled.class)
    Uni<Void> check() {
        return gate.verified().replaceWithVoid().onFailure().recoverWithNull();
    }

    @Singleton
    static class Settled implements Scheduled.SkipPredicate {

        private final KeyGate gate;

        Settled(KeyGate gate) {
            this.gate = gate;
        }

        @Override
        public boolean test(ScheduledExecution execution) {
            return !(gate.state() instanceof GateState.Pending);
        }
    }
}
