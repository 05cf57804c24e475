package io.flowmaestro.connections.registry.rewrap;

import io.flowmaestro.connections.scheduled.Rounds;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Works on the unfinished run, if there is one, until it finds nothing to claim or the vault is away. */
@ApplicationScoped
class RewrapWorker {

    private final RewrapRuns runs;
    private final RewrapService service;
    private final Claims claims;
    private final UserRewrap users;
    private final VaultWatch vault;
    private final RewrapConfig config;
    private final Rounds rounds;
    private final Clock clock;

    RewrapWorker(
            RewrapRuns runs,
            RewrapService service,
            Claims claims,
            UserRewrap users,
            VaultWatch vault,
            RewrapConfig config,
            Rounds rounds,
            Clock clock) {
        this.runs = runs;
        this.service = service;
        this.claims = claims;
        this.users = users;
        this.vault = vault;
        this.config = config;
        this.rounds = rounds;
        this.clock = clock;
    }

    Uni<Void> work() {
        if (vault.isAway()) {
            return Uni.createFrom().voidItem();
        }
        return runs.unfinished()
                .chain(run ->
                        run.map(this::rewrap).orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> rewrap(long run) {
        return Uni.createFrom()
                .deferred(() -> slice(run))
                .repeat()
                .whilst(rows -> rows > 0 && !vault.isAway() && !rounds.isOver())
                .collect()
                .last()
                .chain(() -> service.finish(run, config.settle()));
    }

    /** One claim, worked on and paid for in time. Returns the number of its rows. */
    private Uni<Integer> slice(long run) {
        Instant began = clock.instant();
        return claims.claim(run, Math.min(Rewrapper.LARGEST_BATCH, config.rowsPerSecond()))
                .call(claim ->
                        claim.map(this::rewrap).orElseGet(() -> Uni.createFrom().voidItem()))
                .map(claim -> claim.map(Claim::size).orElse(0))
                .call(rows -> pause(rows, began));
    }

    private Uni<Void> rewrap(Claim claim) {
        return Multi.createFrom()
                .iterable(claim.rows().keySet())
                .onItem()
                .transformToUni(user -> users.rewrap(claim, user))
                .merge(config.usersAtOnce())
                .collect()
                .asList()
                .map(released -> released.stream().flatMap(List::stream).toList())
                .chain(released -> claims.release(claim, released));
    }

    /** Waits for what is left of the time that so many rows may take at the configured rate. */
    private Uni<Void> pause(int rows, Instant began) {
        Duration due = Duration.ofSeconds(rows).dividedBy(config.rowsPerSecond());
        Duration left = due.minus(Duration.between(began, clock.instant()));
        return left.toMillis() > 0 && !vault.isAway()
                ? Uni.createFrom().voidItem().onItem().delayIt().by(left)
                : Uni.createFrom().voidItem();
    }
}
