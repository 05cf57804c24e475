package io.flowmaestro.connections.worker;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What every credential that was handed out has.
 *
 * @param connectionId the connection that it is of
 * @param version what {@link UserConnections#refused(Credential)} quotes
 * @param expiresAt when it ends by the broker's clock; empty for one that does not end by itself
 * @param apply how it is put into a request to its provider
 * @param fields all of it, by name
 */
public record Issued(UUID connectionId, long version, Optional<Instant> expiresAt, Apply apply, Fields fields) {}
