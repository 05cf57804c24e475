package io.flowmaestro.connections.vault.audit;

import io.flowmaestro.connections.scheduled.Rounds;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Makes the months' partitions ahead of time, at the start and daily. A round that fails is made up for by the next: a
 * record whose month has no partition goes to the default one.
 */
@ApplicationScoped
class PartitionSchedule {

    private static final Logger LOG = Logger.getLogger(PartitionSchedule.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String MAKE = "select vault.make_audit_partitions(3) as made";

    private final Pool jobs;
    private final Rounds rounds;

    PartitionSchedule(@ReactiveDataSource("jobs") Pool jobs, Rounds rounds) {
        this.jobs = jobs;
        this.rounds = rounds;
    }

    @Scheduled(identity = "audit-partitions", every = "24h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> make() {
        return rounds.run(this::makeDue)
                .onFailure()
                .invoke(failure -> LOG.warnf("Partitions of the audit trail were not made: %s", failure))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> makeDue() {
        return jobs.query(MAKE)
                .execute()
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .map(rows -> rows.iterator().next().getInteger("made"))
                .invoke(PartitionSchedule::report)
                .replaceWithVoid();
    }

    private static void report(int made) {
        if (made > 0) {
            LOG.infof("Made %d partitions of the audit trail", made);
        }
    }
}
