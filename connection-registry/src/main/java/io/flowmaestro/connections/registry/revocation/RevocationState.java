package io.flowmaestro.connections.registry.revocation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the revocation of a connection's tokens is.
 *
 * @param pending whether the provider is still to be told
 * @param dueAt when, at the earliest
 * @param revokedAtProvider when it was told and agreed
 */
record RevocationState(
        boolean pending, @Nullable Instant dueAt, @Nullable Instant revokedAtProvider) {

    static RevocationState of(@Nullable Instant dueAt, @Nullable Instant revokedAtProvider) {
        return new RevocationState(dueAt != null, dueAt, revokedAtProvider);
    }
}
