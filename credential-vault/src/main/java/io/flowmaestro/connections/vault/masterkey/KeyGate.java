package io.flowmaestro.connections.vault.masterkey;

import io.flowmaestro.connections.flight.SingleFlight;
import io.flowmaestro.connections.vault.problem.DatabaseFailure;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Nothing is wrapped or unwrapped before the key check passed. A vault whose key is another one ends here; one that lacks
 * a key in force stays shut, and opens again when that changes.
 */
@ApplicationScoped
public class KeyGate {

    private static final Logger LOG = Logger.getLogger(KeyGate.class);

    private final UUID replica = UUID.randomUUID();
    private final KeyCheck check;
    private final Replicas replicas;
    private final List<OpeningStep> steps;
    private final Termination termination;
    /** However many ask before the vault is open, they share one opening. */
    private final SingleFlight<VerifiedKeys> opening = new SingleFlight<>();

    private final AtomicLong turns = new AtomicLong();
    private volatile GateState state = new GateState.Pending();
    private long lastTurn;

    KeyGate(KeyCheck check, Replicas replicas, @All List<OpeningStep> steps, Termination termination) {
        this.check = check;
        this.replicas = replicas;
        this.steps = steps;
        this.termination = termination;
    }

    /** The keys in force; checks them now if that is still to be done. Fails with a 503 problem until they are here. */
    public Uni<VerifiedKeys> verified() {
        return Uni.createFrom().deferred(() -> switch (state) {
            case GateState.Open open -> Uni.createFrom().item(open.keys());
            case GateState.Behind _ -> Uni.createFrom().failure(behind());
            case GateState.Refused _ -> Uni.createFrom().failure(closed());
            case GateState.Pending _ -> opening.join(this::refresh);
        });
    }

    /** Compares the keys anew and reports which of them this replica holds. Fails as {@link #verified()} does. */
    public Uni<VerifiedKeys> refresh() {
        return Uni.createFrom().deferred(() -> {
            var turn = turns.incrementAndGet();
            return check.run().call(this::report).chain(outcome -> settle(turn, outcome));
        });
    }

    /** A replica that is refused holds nothing and must not hold up a change of keys. */
    private Uni<Void> report(KeyCheckOutcome outcome) {
        return outcome instanceof KeyCheckOutcome.Refused
                ? Uni.createFrom().voidItem()
                : replicas.report(replica, outcome.held());
    }

    /** So that a change of keys need not wait for a replica that ended. */
    Uni<Void> leave() {
        return replicas.forget(replica);
    }

    GateState state() {
        return state;
    }

    private Uni<VerifiedKeys> settle(long turn, KeyCheckOutcome outcome) {
        return switch (outcome) {
            case KeyCheckOutcome.Accepted(var keys) ->
                open(keys).invoke(() -> become(turn, new GateState.Open(keys))).replaceWith(keys);
            case KeyCheckOutcome.Behind behind -> {
                var now = new GateState.Behind(behind.message());
                if (!now.equals(state)) {
                    LOG.error(now.reason());
                }
                become(turn, now);
                yield Uni.createFrom().failure(behind());
            }
            case KeyCheckOutcome.Refused refused -> {
                become(turn, new GateState.Refused());
                LOG.fatal(refused.message());
                termination.exit();
                yield Uni.createFrom().failure(closed());
            }
        };
    }

    /** What was seen earlier never overwrites what was seen later, in whatever order the answers arrive. */
    private void become(long turn, GateState next) {
        synchronized (turns) {
            if (turn > lastTurn) {
                lastTurn = turn;
                state = next;
            }
        }
    }

    /** What has to be done before the vault opens, one after the other; nothing when it is open already. */
    private Uni<Void> open(VerifiedKeys keys) {
        if (state instanceof GateState.Open) {
            return Uni.createFrom().voidItem();
        }
        Uni<Void> done = Uni.createFrom().voidItem();
        for (var step : steps) {
            done = done.chain(() -> step.beforeOpening(keys));
        }
        return done;
    }

    private static RuntimeException behind() {
        return DatabaseFailure.unavailable(
                "This replica of the vault lacks a key in force. Try again: others have it.");
    }

    private static RuntimeException closed() {
        return DatabaseFailure.unavailable("The vault is stopping because its key does not fit its database.");
    }
}
