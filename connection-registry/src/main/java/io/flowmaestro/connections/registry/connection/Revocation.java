package io.flowmaestro.connections.registry.connection;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether the provider is to be told that a connection's tokens are done with. The broker's claims and answers are written
 * by the statements that own them; here is what a user's edit of the connection means for it.
 */
@Embeddable
class Revocation {

    @Column(name = "revocation_due_at")
    @Nullable
    Instant dueAt;

    @Column(name = "revocation_since")
    @Nullable
    Instant since;

    @Column(name = "revocation_claimed_until")
    @Nullable
    Instant claimedUntil;

    @Column(name = "revocation_attempts")
    int attempts;

    @Column(name = "revoked_at_provider")
    @Nullable
    Instant revokedAt;

    /** From the first claim on the tokens may be dead. */
    boolean hasBegun() {
        return attempts > 0;
    }

    /** The provider was told, or everything was done to tell it. */
    boolean isOver() {
        return dueAt == null && hasBegun();
    }

    /** At that time, unless it is on its way already or was done. */
    void queue(Instant due) {
        if (dueAt == null && !hasBegun()) {
            dueAt = due;
            since = due;
        }
    }

    /** Now, for what nobody can take back any more. */
    void hurry(Instant now) {
        queue(now);
        if (!hasBegun() && dueAt != null && dueAt.isAfter(now)) {
            dueAt = now;
            since = now;
        }
    }

    /** There is nothing to tell, or nothing any more. */
    void forget() {
        dueAt = null;
        since = null;
        claimedUntil = null;
        attempts = 0;
        revokedAt = null;
    }
}
