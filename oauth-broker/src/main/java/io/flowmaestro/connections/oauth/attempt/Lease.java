package io.flowmaestro.connections.oauth.attempt;

import java.util.UUID;

/**
 * The right to call a provider once for one connection, by PostgreSQL's clock.
 *
 * @param attempt makes the publication idempotent
 * @param owner what the lease is held under
 * @param generation of the tokens that are being renewed; the new ones are written if it is still the connection's
 * @param lost attempts of this generation whose answers never came; one of them may have spent the refresh token
 */
public record Lease(UUID attempt, UUID owner, UUID user, UUID connection, String provider, long generation, int lost) {}
