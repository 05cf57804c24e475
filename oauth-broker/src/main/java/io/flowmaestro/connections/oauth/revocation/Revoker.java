package io.flowmaestro.connections.oauth.revocation;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.provider.Clients;
import io.flowmaestro.connections.oauth.provider.OAuthProviders;
import io.flowmaestro.connections.oauth.provider.Provider;
import io.flowmaestro.connections.oauthclient.OAuthTokens;
import io.flowmaestro.connections.oauthclient.RevocationEndpoint;
import io.flowmaestro.connections.oauthclient.RevocationOutcome;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/** Ends tokens at the provider that issued them. */
@ApplicationScoped
class Revoker {

    private final OAuthProviders providers;
    private final Clients clients;
    private final RevocationEndpoint endpoint;
    private final MeterRegistry metrics;

    Revoker(OAuthProviders providers, Clients clients, RevocationEndpoint endpoint, MeterRegistry metrics) {
        this.providers = providers;
        this.clients = clients;
        this.endpoint = endpoint;
        this.metrics = metrics;
    }

    /**
     * Revokes the tokens.
     *
     * @param othersLive other tokens of the same user and client are in use: a provider that ends them all is left alone
     */
    Uni<RevocationOutcome> revoke(String key, OAuthTokens tokens, boolean othersLive) {
        return providers
                .find(key)
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().<RevocationOutcome>item(new RevocationOutcome.NotOffered())
                        : revoke(found.get(), tokens, othersLive))
                .onFailure(Revoker::isFinal)
                .recoverWithItem(failure -> new RevocationOutcome.Refused(
                        ((ProblemException) failure).code().code()))
                .invoke(this::count);
    }

    private Uni<RevocationOutcome> revoke(Provider provider, OAuthTokens tokens, boolean othersLive) {
        var settings = provider.settings(tokens);
        var rules = settings.revocation();
        return rules == null || (othersLive && rules.endsGrant())
                ? Uni.createFrom().item(new RevocationOutcome.NotOffered())
                : clients.require(provider).chain(client -> endpoint.revoke(settings, client, tokens));
    }

    /** A provider that lost its client or its addresses: nothing that waiting would mend. */
    private static boolean isFinal(Throwable failure) {
        return failure instanceof ProblemException problem && problem.code().status() < 500;
    }

    private void count(RevocationOutcome outcome) {
        String name = outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        metrics.counter("connections.oauth.revocations", "outcome", name).increment();
    }
}
