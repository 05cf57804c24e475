package io.flowmaestro.connections.identity;

import java.util.UUID;

/**
 * An authenticated caller and the user whose rows the call may touch.
 *
 * @param subject the user that the call is for: the caller itself, or the one that a worker or service acts for
 * @param actor who really calls: a user's id, or a service account's subject
 * @param via the OAuth client through which it calls ({@code azp}, else {@code client_id})
 */
public record Caller(UUID subject, String actor, String via) {}
