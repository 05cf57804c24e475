package io.flowmaestro.connections.registry.revocation;

import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.registry.event.Event;
import io.flowmaestro.connections.registry.event.EventType;
import io.flowmaestro.connections.registry.event.Events;
import io.flowmaestro.connections.registry.revocation.RevocationRepository.Queued;
import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Ends revocations, or puts them off; after a week of trying they are given up. */
@ApplicationScoped
class RevocationService {

    private static final Logger LOG = Logger.getLogger(RevocationService.class);

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final int MOST_DOUBLINGS = 8;
    private static final String GIVEN_UP = "given_up";

    private final DueRevocations due;
    private final RevocationRepository repository;
    private final UserTransactions transactions;
    private final MeterRegistry metrics;
    private final Clock clock;

    RevocationService(
            DueRevocations due,
            RevocationRepository repository,
            UserTransactions transactions,
            MeterRegistry metrics,
            Clock clock) {
        this.due = due;
        this.repository = repository;
        this.transactions = transactions;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** A last look right before the provider is told; nothing but the claim's end changes. */
    Uni<ClaimState> renew(Caller caller, UUID id, RenewClaim.Valid claim) {
        return transactions.run(caller.subject(), sql -> repository.renew(sql, caller.subject(), id, claim));
    }

    /** Says nothing new, and changes nothing, unless a claim of this very credential is in hand: safe to repeat. */
    Uni<RevocationState> end(Caller caller, UUID id, EndRevocation.Valid outcome) {
        return transactions.run(
                caller.subject(),
                sql -> repository
                        .lock(sql, caller.subject(), id)
                        .chain(queued -> isInHand(queued, outcome)
                                ? end(sql, caller, id, queued, outcome)
                                : Uni.createFrom().item(queued.state())));
    }

    private static boolean isInHand(Queued queued, EndRevocation.Valid outcome) {
        return queued.state().pending()
                && queued.claimed()
                && outcome.generation().map(told -> told == queued.generation()).orElse(true);
    }

    private Uni<RevocationState> end(
            SqlConnection sql, Caller caller, UUID id, Queued queued, EndRevocation.Valid outcome) {
        return switch (outcome.outcome()) {
            case REVOKED ->
                finish(sql, caller.subject(), id, queued, outcome.outcome().wire())
                        .call(() -> Events.record(sql, revoked(caller, id)));
            case NOT_OFFERED, REFUSED ->
                finish(sql, caller.subject(), id, queued, outcome.outcome().wire());
            case RETRY ->
                queued.overdue()
                        ? finish(sql, caller.subject(), id, queued, GIVEN_UP)
                        : repository.putOff(
                                sql, caller.subject(), id, outcome.retryAfter().orElseGet(() -> pause(queued)));
        };
    }

    /** The owner knows: it was the owner's wish. */
    private Event revoked(Caller caller, UUID id) {
        return Event.of(caller, id, EventType.REVOKED, clock.instant(), Map.of("at_provider", true))
                .unnoticed();
    }

    private static Duration pause(Queued queued) {
        return FIRST_PAUSE.multipliedBy(1L << Math.clamp(queued.attempts() - 1L, 0, MOST_DOUBLINGS));
    }

    /** A purged connection is gone with it. */
    private Uni<RevocationState> finish(SqlConnection sql, UUID user, UUID id, Queued queued, String outcome) {
        return repository
                .end(sql, user, id, outcome.equals(Outcome.REVOKED.wire()))
                .call(() -> queued.purged()
                        ? repository.remove(sql, user, id)
                        : Uni.createFrom().voidItem())
                .invoke(() -> report(id, queued.provider(), outcome));
    }

    private void report(UUID id, String provider, String outcome) {
        metrics.counter("registry.revocations", "outcome", outcome).increment();
        if (outcome.equals(GIVEN_UP)) {
            LOG.warnf(
                    "the tokens of connection %s could not be revoked at %s for a week; they are left to lapse",
                    id, provider);
        } else if (outcome.equals(Outcome.REFUSED.wire())) {
            LOG.warnf("%s refused to revoke the tokens of connection %s; they are left to lapse", provider, id);
        }
    }

    /** Gives up a portion of what is overdue, also when nobody claims anything any more. Answers how much it was. */
    Uni<Integer> giveUp() {
        return due.overdue()
                .chain(overdue -> Multi.createFrom()
                        .iterable(overdue)
                        .onItem()
                        .transformToUniAndConcatenate(this::giveUp)
                        .collect()
                        .with(Collectors.summingInt(Integer::intValue)));
    }

    /** Looks again: it may have come to an end in this moment. */
    private Uni<Integer> giveUp(DueRevocations.Owned overdue) {
        UUID user = overdue.user();
        UUID id = overdue.connection();
        return transactions
                .run(
                        user,
                        sql -> repository
                                .lock(sql, user, id)
                                .chain(queued -> queued.state().pending() && queued.overdue()
                                        ? finish(sql, user, id, queued, GIVEN_UP)
                                                .replaceWith(1)
                                        : Uni.createFrom().item(0)))
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf("the revocation of %s is given up later: %s", id, failure);
                    return 0;
                });
    }
}
