package io.flowmaestro.connections.registry.provider;

import io.flowmaestro.connections.catalog.Provider;
import java.util.Optional;
import java.util.Set;

/**
 * The providers whose OAuth client the operator has registered. Clients are known to oauth-broker alone, which is asked
 * for their keys; until it has answered nothing is said.
 */
record OAuthClients(Optional<Set<String>> keys) {

    /** Whether every method of the provider can be used; empty where that is not known here. */
    Optional<Boolean> configured(Provider provider) {
        return provider.methods().oauth2() == null
                ? Optional.of(true)
                : keys.map(known -> known.contains(provider.key()));
    }
}
