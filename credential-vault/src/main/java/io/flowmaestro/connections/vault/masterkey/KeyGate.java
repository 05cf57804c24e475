package io.flowmaestro.connections.vault.masterkey;

import io.flowmaestro.connections.vault.problem.DatabaseFailure;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Nothing is wrapped or unwrapped before the key check passed. A vault whose key is another one ends here. */
@ApplicationScoped
public class KeyGate {

    private static final Logger LOG = Logger.getLogger(KeyGate.class);

    private final KeyCheck check;
    private final Termination termination;
    private volatile GateState state = new GateState.Pending();

    KeyGate(KeyCheck check, Termination termination) {
        this.check = check;
        this.termination = termination;
    }

    /** The verified key; checks it now if that is still to be done. Fails with a 503 problem until then. */
    public Uni<VerifiedKey> verified() {
        return Uni.createFrom().deferred(() -> switch (state) {
            case GateState.Open open -> Uni.createFrom().item(open.key());
            case GateState.Refused _ -> Uni.createFrom().failure(KeyGate::closed);
            case GateState.Pending _ -> check.run().map(this::settle);
        });
    }

    GateState state() {
        return state;
    }

    private VerifiedKey settle(KeyCheckOutcome outcome) {
        return switch (outcome) {
            case KeyCheckOutcome.Accepted(var key) -> {
                state = new GateState.Open(key);
                yield key;
            }
            case KeyCheckOutcome.Refused refused -> {
                state = new GateState.Refused();
                LOG.fatal(refused.message());
                termination.exit();
                throw closed();
            }
        };
    }

    private static RuntimeException closed() {
        return DatabaseFailure.unavailable("The vault is stopping because its key does not fit its database.");
    }
}
