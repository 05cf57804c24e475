package io.flowmaestro.connections.oauth.refresh;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauth.provider.ClientRegistrations;
import io.flowmaestro.connections.oauth.provider.Provider;
import io.flowmaestro.connections.oauth.provider.Providers;
import io.flowmaestro.connections.oauth.secret.Secret;
import io.flowmaestro.connections.oauth.token.TokenAnswer;
import io.flowmaestro.connections.oauth.token.TokenEndpoint;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** The one call at the provider that a lease allows. */
@ApplicationScoped
class ProviderCall {

    private final Providers providers;
    private final ClientRegistrations clients;
    private final TokenEndpoint tokens;
    private final MeterRegistry metrics;

    ProviderCall(Providers providers, ClientRegistrations clients, TokenEndpoint tokens, MeterRegistry metrics) {
        this.providers = providers;
        this.clients = clients;
        this.tokens = tokens;
        this.metrics = metrics;
    }

    /** Fails before anything is sent where the provider is unknown, has no client, or issued no refresh token. */
    Uni<RefreshAttempt> send(RefreshAttempt.Leased lease) {
        String key = lease.connection().stored().provider();
        return providers
                .find(key)
                .map(found -> found.orElseThrow(() -> unknown(key)))
                .chain(provider -> ask(provider, refreshToken(lease)))
                .map(lease::settle);
    }

    private Uni<TokenAnswer> ask(Provider provider, Secret refreshToken) {
        var running = Timer.start(metrics);
        return tokens.refresh(provider.requireOAuth(), clients.require(provider), refreshToken)
                .invoke(answer ->
                        running.stop(metrics.timer("connections.oauth.refresh.calls", "outcome", outcome(answer))));
    }

    private static String outcome(TokenAnswer answer) {
        return switch (answer) {
            case TokenAnswer.Granted _ -> "granted";
            case TokenAnswer.Refused refused -> refused.grantInvalid() ? "grant-invalid" : "refused";
            case TokenAnswer.Unavailable _ -> "unavailable";
        };
    }

    private static Secret refreshToken(RefreshAttempt.Leased lease) {
        Secret token = lease.connection().tokens().refreshToken();
        if (token == null) {
            throw RefreshService.notRefreshable();
        }
        return token;
    }

    private static ProblemException unknown(String key) {
        return new ProblemException(
                OAuthProblem.PROVIDER_NOT_FOUND,
                "The provider " + key
                        + " is no longer in the catalogue, so its tokens cannot be refreshed. Ask an operator.");
    }
}
