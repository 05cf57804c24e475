package io.flowmaestro.connections.vault.audit;

import io.flowmaestro.connections.flight.CallerContext;
import io.flowmaestro.connections.vault.masterkey.VerifiedKeys;
import io.flowmaestro.connections.vault.problem.DatabaseFailure;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** Where everything that is done with keys and records is recorded, before anyone sees its result. */
@ApplicationScoped
public class AuditTrail {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final AuditKey key;
    private final GroupCommit commit;

    AuditTrail(AuditKey key, GroupCommit commit) {
        this.key = key;
        this.commit = commit;
    }

    /**
     * Records the events, all or none, and gives the current epochs of the users they name. Completes once the records
     * are committed, on the Vert.x context of the subscriber.
     *
     * <p>Fails with a 503 problem when PostgreSQL is away, when it took five seconds, or when too many events wait. The
     * records may have been written all the same: a record without a result is harmless, a result without one is not.
     *
     * <p>Do not wait for it while holding a connection of the pool, as it needs one too.
     *
     * @param events at most 500
     */
    public Uni<KeyEpochs> append(List<AuditEvent> events) {
        return append(key.mac(), events);
    }

    /** The same while the vault is not open yet, with the keys that it is about to open for. */
    public Uni<KeyEpochs> append(VerifiedKeys keys, List<AuditEvent> events) {
        return append(key.mac(keys), events);
    }

    private Uni<KeyEpochs> append(Uni<AuditMac> key, List<AuditEvent> events) {
        if (events.size() > GroupCommit.LARGEST_BATCH) {
            throw new IllegalArgumentException("At most %d events at a time".formatted(GroupCommit.LARGEST_BATCH));
        }
        if (events.isEmpty()) {
            return Uni.createFrom().item(KeyEpochs.NONE);
        }
        var copy = List.copyOf(events);
        return Uni.createFrom().deferred(() -> record(key, copy).emitOn(CallerContext.current()));
    }

    private Uni<KeyEpochs> record(Uni<AuditMac> key, List<AuditEvent> events) {
        return key.chain(mac -> commit.add(mac, events))
                .ifNoItem()
                .after(TIMEOUT)
                .failWith(() ->
                        DatabaseFailure.unavailable("The vault's database is too slow right now. Try again shortly."));
    }
}
