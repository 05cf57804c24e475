package io.flowmaestro.connections.registry.user;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user as the registry knows it.
 *
 * @param email from the user's own token; absent until one told it
 * @param notifications whether messages are sent there
 */
record Profile(UUID id, @Nullable String email, boolean notifications) {}
