package io.flowmaestro.connections.oauth.flow;

import com.fasterxml.uuid.Generators;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.oauth.connection.Sealing;
import io.flowmaestro.connections.oauth.mcp.McpClients;
import io.flowmaestro.connections.oauth.refresh.ForcedRates;
import io.flowmaestro.connections.oauthclient.AuthorizationRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Begins flows at the authorization servers of MCP servers. A crash leaves a row that expires, and at most a client of ours
 * that the next flow uses.
 */
@ApplicationScoped
class McpAuthorizeService {

    /** The one redirect URI of all of them, for which a client is registered; a flow is bound to its issuer besides. */
    static final String PROVIDER = "mcp";

    static final String CATALOGUED = "provider";

    private final McpSignIn signIn;
    private final McpFormer former;
    private final McpClients clients;
    private final Sealing sealing;
    private final FlowRepository flows;
    private final ForcedRates rates;
    private final PublicUrl publicUrl;
    private final FlowConfig config;
    private final RandomGenerator random;

    McpAuthorizeService(
            McpSignIn signIn,
            McpFormer former,
            McpClients clients,
            Sealing sealing,
            FlowRepository flows,
            ForcedRates rates,
            PublicUrl publicUrl,
            FlowConfig config,
            RandomGenerator random) {
        this.signIn = signIn;
        this.former = former;
        this.clients = clients;
        this.sealing = sealing;
        this.flows = flows;
        this.rates = rates;
        this.publicUrl = publicUrl;
        this.config = config;
        this.random = random;
    }

    /** Asks servers that a user has named, so it is held to a rate. */
    Uni<StartedFlow> begin(Caller caller, McpAuthorizeRequest.Valid request, BrowserSecret browser) {
        rates.require(caller);
        UUID user = caller.subject();
        String returnTo = ReturnTo.allowed(request.returnTo(), publicUrl);
        Uni<McpSignIn.Prepared> prepared = request.connection() == null
                ? signIn.prepare(user, request, null, false)
                : former.of(user, request.connection()).chain(before -> signIn.prepare(user, request, before, false));
        return prepared.chain(ready -> start(user, request, returnTo, ready, browser));
    }

    private Uni<StartedFlow> start(
            UUID user,
            McpAuthorizeRequest.Valid request,
            @Nullable String returnTo,
            McpSignIn.Prepared ready,
            BrowserSecret browser) {
        State state = State.random(random);
        UUID id = Generators.timeBasedEpochRandomGenerator().generate();
        String url = url(ready, state, browser);
        return sealing.seal(user, id, ready.authorization().write())
                .map(envelope -> new NewFlow(
                        id,
                        user,
                        PROVIDER,
                        clients.redirectUri(),
                        state.hash(),
                        browser.hash(),
                        ready.scopes(),
                        List.of(),
                        request.name(),
                        returnTo,
                        request.connection(),
                        Map.of(CATALOGUED, request.provider()),
                        envelope))
                .chain(flow -> flows.begin(flow, config.lifetime()))
                .map(expiresAt -> new StartedFlow(url, PROVIDER, id, expiresAt));
    }

    private String url(McpSignIn.Prepared ready, State state, BrowserSecret browser) {
        var asked = new AuthorizationRequest(
                ready.authorization().client().id(),
                clients.redirectUri(),
                ready.scopes(),
                List.of(),
                state.value(),
                Pkce.of(browser, state).challenge());
        String url = asked.url(ready.authorization().settings());
        return ready.offline() ? url + "&prompt=consent" : url;
    }
}
