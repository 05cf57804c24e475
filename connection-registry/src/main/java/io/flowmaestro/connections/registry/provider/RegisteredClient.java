package io.flowmaestro.connections.registry.provider;

import org.jspecify.annotations.Nullable;

/**
 * The OAuth client of a provider as administrators see it: never its secret.
 *
 * @param clientId null where none is registered
 */
record RegisteredClient(@Nullable String clientId, boolean hasSecret) {}
