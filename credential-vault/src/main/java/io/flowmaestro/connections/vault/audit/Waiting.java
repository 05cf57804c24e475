package io.flowmaestro.connections.vault.audit;

import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One caller's events, and the caller, who goes on once they are recorded. */
final class Waiting {

    private final AuditMac key;
    private final List<AuditEvent> events;
    private final UniEmitter<? super KeyEpochs> caller;
    private volatile boolean gone;

    Waiting(AuditMac key, List<AuditEvent> events, UniEmitter<? super KeyEpochs> caller) {
        this.key = key;
        this.events = events;
        this.caller = caller;
        caller.onTermination(() -> gone = true);
    }

    /** Whether the caller gave up, so that there is nothing to record for it. */
    boolean isGone() {
        return gone;
    }

    int size() {
        return events.size();
    }

    List<SealedRecord> seal(AuditChain chain) {
        return events.stream().map(event -> chain.seal(key, event)).toList();
    }

    void recorded(KeyEpochs epochs) {
        var users = new HashSet<UUID>();
        events.stream().map(AuditEvent::user).flatMap(Optional::stream).forEach(users::add);
        caller.complete(epochs.only(users));
    }

    void failed(Throwable failure) {
        caller.fail(failure);
    }
}
