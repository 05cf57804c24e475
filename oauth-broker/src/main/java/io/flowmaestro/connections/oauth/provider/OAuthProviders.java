package io.flowmaestro.connections.oauth.provider;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauthclient.DiscoveryFailed;
import io.flowmaestro.connections.oauthclient.IssuerDiscovery;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Providers with their OAuth facts complete: what the catalogue leaves to the issuer's metadata has been asked for. */
@ApplicationScoped
public class OAuthProviders {

    private static final Logger LOG = Logger.getLogger(OAuthProviders.class);
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final Providers providers;
    private final IssuerDiscovery discovery;

    OAuthProviders(Providers providers, IssuerDiscovery discovery) {
        this.providers = providers;
        this.discovery = discovery;
    }

    /** Empty for a provider that the catalogue does not have. */
    public Uni<Optional<Provider>> find(String key) {
        return providers
                .find(key)
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(found)
                        : complete(found.get()).map(Optional::of));
    }

    private Uni<Provider> complete(Provider provider) {
        return discovery
                .complete(provider.requireDefinition())
                .map(provider::with)
                .onFailure(DiscoveryFailed.class)
                .transform(failure -> undiscovered(provider, failure));
    }

    private static ProblemException undiscovered(Provider provider, Throwable failure) {
        LOG.warnf("The metadata of %s cannot be used: %s", provider.key(), failure.getMessage());
        return new ProblemException(
                        OAuthProblem.PROVIDER_UNAVAILABLE,
                        "%s does not tell how it wants to be asked. Try again later; if it stays so, tell an operator."
                                .formatted(provider.name()))
                .retryAfter(RETRY);
    }
}
