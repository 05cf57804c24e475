package io.flowmaestro.connections.oauth.flow;

import com.fasterxml.uuid.Generators;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauth.provider.ClientCredentials;
import io.flowmaestro.connections.oauth.provider.ClientRegistrations;
import io.flowmaestro.connections.oauth.provider.OAuthSettings;
import io.flowmaestro.connections.oauth.provider.Provider;
import io.flowmaestro.connections.oauth.provider.Providers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Begins flows. */
@ApplicationScoped
class AuthorizeService {

    private final Providers providers;
    private final ClientRegistrations clients;
    private final FlowRepository flows;
    private final PublicUrl publicUrl;
    private final FlowConfig config;
    private final RandomGenerator random;

    AuthorizeService(
            Providers providers,
            ClientRegistrations clients,
            FlowRepository flows,
            PublicUrl publicUrl,
            FlowConfig config,
            RandomGenerator random) {
        this.providers = providers;
        this.clients = clients;
        this.flows = flows;
        this.publicUrl = publicUrl;
        this.config = config;
        this.random = random;
    }

    /** Stores the flow before its URL is known to anybody. A crash in between leaves a row that expires. */
    Uni<StartedFlow> begin(UUID user, String providerKey, AuthorizeRequest request, BrowserSecret browser) {
        return providers
                .find(providerKey)
                .map(found -> found.orElseThrow(() -> unknown(providerKey)))
                .chain(provider -> begin(user, provider, request, browser));
    }

    private Uni<StartedFlow> begin(UUID user, Provider provider, AuthorizeRequest request, BrowserSecret browser) {
        OAuthSettings settings = requireComplete(provider);
        ClientCredentials client = clients.require(provider);
        State state = State.random(random);
        List<String> scopes = scopes(provider, settings, request.scopes());
        String redirectUri = publicUrl.callback(provider.key());
        var flow = new NewFlow(
                Generators.timeBasedEpochRandomGenerator().generate(),
                user,
                provider.key(),
                redirectUri,
                state.hash(),
                browser.hash(),
                scopes,
                request.name(),
                ReturnTo.allowed(request.returnTo(), publicUrl));
        String url = AuthorizationUrl.of(settings, client.id(), redirectUri, scopes, state, Pkce.of(browser, state));
        return flows.begin(flow, config.lifetime())
                .map(expiresAt -> new StartedFlow(url, provider.key(), flow.id(), expiresAt));
    }

    /** A per-tenant URL whose variable has no default cannot be called as it stands. */
    private static OAuthSettings requireComplete(Provider provider) {
        OAuthSettings settings = provider.requireOAuth();
        if (settings.authorizeUrl().contains("{") || settings.tokenUrl().contains("{")) {
            throw new ProblemException(
                    OAuthProblem.PROVIDER_NOT_CONFIGURED,
                    "%s has an address of its own for each customer. Ask an operator to override its provider file with yours."
                            .formatted(provider.name()));
        }
        return settings;
    }

    private static List<String> scopes(Provider provider, OAuthSettings settings, List<String> extra) {
        if (settings.noScope() && !extra.isEmpty()) {
            throw new ProblemException(
                    OAuthProblem.PARAMETER_INVALID,
                    provider.name() + " has no scopes to ask for. Leave the scopes parameter out.");
        }
        return Stream.concat(settings.defaultScopes().stream(), extra.stream())
                .distinct()
                .toList();
    }

    private static ProblemException unknown(String providerKey) {
        boolean printable = providerKey.matches("[a-z0-9][a-z0-9-]{0,63}");
        return new ProblemException(
                OAuthProblem.PROVIDER_NOT_FOUND,
                "There is no provider " + (printable ? providerKey : "of this name")
                        + ". GET /api/oauth/providers lists those that can be connected.");
    }
}
