package io.flowmaestro.connections.oauth.flow;

import com.fasterxml.uuid.Generators;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauth.provider.Clients;
import io.flowmaestro.connections.oauth.provider.OAuthProviders;
import io.flowmaestro.connections.oauth.provider.Provider;
import io.flowmaestro.connections.oauthclient.AuthorizationEndpoint;
import io.flowmaestro.connections.oauthclient.AuthorizationRequest;
import io.flowmaestro.connections.oauthclient.AuthorizationStart;
import io.flowmaestro.connections.oauthclient.ClientCredentials;
import io.flowmaestro.connections.oauthclient.OAuthSettings;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Begins flows. */
@ApplicationScoped
class AuthorizeService {

    private final OAuthProviders providers;
    private final Clients clients;
    private final FlowRepository flows;
    private final PublicUrl publicUrl;
    private final FlowConfig config;
    private final RandomGenerator random;
    private final Former former;
    private final AuthorizationEndpoint endpoint;

    AuthorizeService(
            OAuthProviders providers,
            Clients clients,
            FlowRepository flows,
            PublicUrl publicUrl,
            FlowConfig config,
            RandomGenerator random,
            Former former,
            AuthorizationEndpoint endpoint) {
        this.providers = providers;
        this.clients = clients;
        this.flows = flows;
        this.publicUrl = publicUrl;
        this.config = config;
        this.random = random;
        this.former = former;
        this.endpoint = endpoint;
    }

    /** Stores the flow before its URL is known to anybody but the provider. A crash leaves a row that expires. */
    Uni<StartedFlow> begin(UUID user, String providerKey, AuthorizeRequest request, BrowserSecret browser) {
        return providers
                .find(providerKey)
                .map(found -> requireSignIn(found.orElseThrow(() -> unknown(providerKey))))
                .chain(provider -> Uni.combine()
                        .all()
                        .unis(former(user, provider, request), clients.require(provider))
                        .asTuple()
                        .chain(both -> begin(user, provider, request, both.getItem1(), both.getItem2(), browser)));
    }

    private Uni<Former.Grant> former(UUID user, Provider provider, AuthorizeRequest request) {
        return request.connection() == null
                ? Uni.createFrom().item(Former.Grant.NONE)
                : former.of(user, request.connection(), provider.key());
    }

    private Uni<StartedFlow> begin(
            UUID user,
            Provider provider,
            AuthorizeRequest request,
            Former.Grant former,
            ClientCredentials client,
            BrowserSecret browser) {
        Map<String, String> variables = provider.choosable(former.fields());
        variables.putAll(request.variables());
        OAuthSettings settings = provider.begin(variables);
        State state = State.random(random);
        List<String> scopes = scopes(provider, settings, request.scopes(), former.scopes());
        List<String> extraScopes = extraScopes(settings, request.extraScopes(), former.extraScopes());
        String redirectUri = publicUrl.callback(provider.key());
        var flow = new NewFlow(
                Generators.timeBasedEpochRandomGenerator().generate(),
                user,
                provider.key(),
                redirectUri,
                state.hash(),
                browser.hash(),
                scopes,
                extraScopes,
                request.name(),
                ReturnTo.allowed(request.returnTo(), publicUrl),
                request.connection(),
                variables,
                null);
        var asked = new AuthorizationRequest(
                client.id(),
                redirectUri,
                scopes,
                extraScopes,
                state.value(),
                Pkce.of(browser, state).challenge());
        return endpoint.start(settings, client, asked)
                .map(start -> url(provider, start))
                .chain(url -> flows.begin(flow, config.lifetime())
                        .map(expiresAt -> new StartedFlow(url, provider.key(), flow.id(), expiresAt)));
    }

    private static String url(Provider provider, AuthorizationStart start) {
        return switch (start) {
            case AuthorizationStart.Ready ready -> ready.url();
            case AuthorizationStart.Refused refused ->
                throw new ProblemException(
                        OAuthProblem.PROVIDER_REFUSED,
                        "%s does not take the request (%s). Ask an operator to check the provider's client."
                                .formatted(provider.name(), refused.error()));
            case AuthorizationStart.Unavailable away ->
                throw new ProblemException(
                                OAuthProblem.PROVIDER_UNAVAILABLE,
                                "%s could not be asked: %s. Try again in a while."
                                        .formatted(provider.name(), away.reason()))
                        .retryAfter(away.retryAfter());
        };
    }

    /** Default ones, those asked for and, where a connection is renewed, those that it had: more is never less. */
    static List<String> scopes(Provider provider, OAuthSettings settings, List<String> extra, List<String> former) {
        if (settings.noScope() && !extra.isEmpty()) {
            throw new ProblemException(
                    OAuthProblem.PARAMETER_INVALID,
                    provider.name() + " has no scopes to ask for. Leave the scopes parameter out.");
        }
        return Stream.of(settings.defaultScopes(), former, extra)
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    /** Those of the second kind, where the provider has one: asked for, and asked for before. */
    private static List<String> extraScopes(OAuthSettings settings, List<String> extra, List<String> former) {
        return settings.extraScopeParam() == null
                ? List.of()
                : Stream.concat(former.stream(), extra.stream()).distinct().toList();
    }

    private static Provider requireSignIn(Provider provider) {
        if (provider.requireDefinition().isOfTheClient()) {
            throw new ProblemException(
                    OAuthProblem.GRANT_NOT_OFFERED,
                    "Nobody signs in to %s: its tokens are our client's own. Connect it with POST /api/oauth/%s/connect."
                            .formatted(provider.name(), provider.key()));
        }
        return provider;
    }

    static ProblemException unknown(String providerKey) {
        boolean printable = providerKey.matches("[a-z0-9][a-z0-9-]{0,63}");
        return new ProblemException(
                OAuthProblem.PROVIDER_NOT_FOUND,
                "There is no provider " + (printable ? providerKey : "of this name")
                        + ". GET /api/oauth/providers lists those that can be connected.");
    }
}
