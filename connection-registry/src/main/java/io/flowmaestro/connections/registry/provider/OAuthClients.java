package io.flowmaestro.connections.registry.provider;

import io.flowmaestro.connections.catalog.Provider;
import java.util.Optional;
import java.util.Set;

/**
 * The providers whose OAuth client the operator has registered. Those of its environment are known to oauth-broker alone,
 * which is asked for their keys; until it has answered nothing is said of them.
 *
 * @param registered keys of the clients that administrators registered here
 */
record OAuthClients(Optional<Set<String>> keys, Set<String> registered) {

    static final OAuthClients UNKNOWN = new OAuthClients(Optional.empty(), Set.of());

    OAuthClients told(Set<String> known) {
        return new OAuthClients(Optional.of(Set.copyOf(known)), registered);
    }

    OAuthClients registered(Set<String> here) {
        return new OAuthClients(keys, Set.copyOf(here));
    }

    /** Whether every method of the provider can be used; empty where that is not known here. */
    Optional<Boolean> configured(Provider provider) {
        return provider.methods().oauth2() == null || registered.contains(provider.key())
                ? Optional.of(true)
                : keys.map(known -> known.contains(provider.key()));
    }
}
