package io.flowmaestro.connections.oauth.flow;

import io.flowmaestro.connections.oauth.mcp.McpAuthorization;
import io.flowmaestro.connections.oauthclient.TokenGrant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;

/** Makes a connection's data of what an authorization server has granted for an MCP server. */
@ApplicationScoped
class McpGrants {

    private final Clock clock;

    McpGrants(Clock clock) {
        this.clock = clock;
    }

    /** @param asked scopes that were asked for, which count where the server does not say what it granted */
    Exchanged exchanged(McpAuthorization authorization, TokenGrant grant, List<String> asked) {
        var tokens = grant.tokens(asked).in(authorization.fields(clock.instant()));
        return new Exchanged(tokens, tokens.isRenewable(authorization.settings()), grant.account());
    }
}
