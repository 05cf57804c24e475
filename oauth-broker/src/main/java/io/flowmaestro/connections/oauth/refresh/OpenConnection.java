package io.flowmaestro.connections.oauth.refresh;

import io.flowmaestro.connections.oauth.connection.StoredConnection;
import io.flowmaestro.connections.oauthclient.OAuthTokens;
import io.flowmaestro.connections.oauthclient.TokenGrant;

/**
 * An OAuth connection with its tokens opened.
 *
 * @param generation of the tokens
 */
public record OpenConnection(StoredConnection stored, OAuthTokens tokens, long generation) {

    public OpenConnection(StoredConnection stored, OAuthTokens tokens) {
        this(stored, tokens, stored.generation());
    }

    OpenConnection renewed(TokenGrant grant, long newGeneration) {
        return new OpenConnection(stored, tokens.renewedBy(grant), newGeneration);
    }
}
