package io.flowmaestro.connections.oauth.refresh;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.oauth.connection.StoredConnection;
import io.flowmaestro.connections.oauth.mcp.McpAuthorization;
import io.flowmaestro.connections.oauthclient.OAuthTokens;
import io.flowmaestro.connections.oauthclient.TokenData;
import io.flowmaestro.connections.oauthclient.TokenGrant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An OAuth connection with its tokens opened.
 *
 * @param generation of the tokens
 */
public record OpenConnection(StoredConnection stored, OAuthTokens tokens, long generation) {

    public OpenConnection(StoredConnection stored, OAuthTokens tokens) {
        this(stored, tokens, stored.generation());
    }

    /** Empty where the connection's data is no tokens: an MCP connection may hold a key or nothing as well. */
    public static Optional<OpenConnection> of(StoredConnection stored, ObjectNode data) {
        boolean tokens = switch (stored.method()) {
            case OAUTH2 -> true;
            case MCP -> McpAuthorization.in(data).isPresent();
            case API_KEY, BASIC_AUTH, CUSTOM -> false;
        };
        return tokens ? Optional.of(new OpenConnection(stored, TokenData.read(data))) : Optional.empty();
    }

    /** Whom the tokens are from, for names and counts: all authorization servers of MCP servers are one. */
    String issuer() {
        return McpAuthorization.in(tokens.fields()).isPresent() ? McpAuthorization.LABEL : stored.provider();
    }

    /** The authorization server of an MCP server, which no catalogue knows; null for any other provider. */
    @Nullable
    ObjectNode origin() {
        return McpAuthorization.in(tokens.fields()).map(McpAuthorization::write).orElse(null);
    }

    /** Whether we are a client there that we made ourselves. */
    boolean isOfOurRegistration() {
        return McpAuthorization.in(tokens.fields())
                .filter(McpAuthorization::isOfOurRegistration)
                .isPresent();
    }

    OpenConnection renewed(TokenGrant grant, long newGeneration) {
        return new OpenConnection(stored, tokens.renewedBy(grant), newGeneration);
    }
}
