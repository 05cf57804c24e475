package io.flowmaestro.connections.oauth.provider;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.connection.Sealing;
import io.flowmaestro.connections.oauthclient.ClientCredentials;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who we are at a provider: what the operator has put into the environment, else what an administrator registered. */
@ApplicationScoped
public class Clients {

    private static final Duration REMEMBERED = Duration.ofSeconds(30);
    private static final long MOST = 1000;

    private final ClientRegistrations environment;
    private final RegisteredClients registered;
    private final Sealing sealing;
    private final RedirectUris redirects;
    private final Cache<String, Optional<ClientCredentials>> opened = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(REMEMBERED)
            .scheduler(Scheduler.systemScheduler())
            .build();

    Clients(ClientRegistrations environment, RegisteredClients registered, Sealing sealing, RedirectUris redirects) {
        this.redirects = redirects;
        this.environment = environment;
        this.registered = registered;
        this.sealing = sealing;
    }

    /** Fails with {@code provider-not-configured}, which says what to do. */
    public Uni<ClientCredentials> require(Provider provider) {
        return environment
                .find(provider)
                .map(client -> Uni.createFrom().item(client))
                .orElseGet(() -> registered(provider)
                        .map(found -> found.orElseThrow(() -> ClientRegistrations.notConfigured(provider))))
                .map(client -> client.withRedirectUri(redirects.callback(provider.key())));
    }

    private Uni<Optional<ClientCredentials>> registered(Provider provider) {
        var known = opened.getIfPresent(provider.key());
        return known != null
                ? Uni.createFrom().item(known)
                : registered
                        .find(provider.key())
                        .chain(found -> found.isEmpty()
                                ? Uni.createFrom().item(Optional.<ClientCredentials>empty())
                                : open(provider, found.get()))
                        .invoke(client -> opened.put(provider.key(), client));
    }

    private Uni<Optional<ClientCredentials>> open(Provider provider, RegisteredClients.Registered client) {
        Uni<String> secret = client.secret() == null
                ? Uni.createFrom().item("")
                : sealing.openClientSecret(client.keyScope(), client.record(), client.secret());
        return secret.map(revealed -> ClientRegistrations.credentials(provider, client.id(), revealed));
    }

    /** Those of the providers that have a client. While the registry is away, those of the environment. */
    public Uni<Set<String>> configured(List<Provider> providers) {
        return registered
                .providers()
                .onFailure(ProblemException.class)
                .recoverWithItem(Set.of())
                .map(registeredKeys -> {
                    Set<String> configured = new HashSet<>();
                    for (Provider provider : providers) {
                        if (environment.configured(provider) || registeredKeys.contains(provider.key())) {
                            configured.add(provider.key());
                        }
                    }
                    return configured;
                });
    }
}
