package io.flowmaestro.connections.oauth.credential;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.oauth.connection.ConnectionMethod;
import io.flowmaestro.connections.oauth.connection.StoredConnection;
import io.flowmaestro.connections.oauth.mcp.McpAuthorization;
import io.flowmaestro.connections.oauthclient.OAuthTokens;
import io.flowmaestro.connections.oauthclient.TokenData;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A credential in the clear, of one of the suite's methods; {@code type} tells them apart on the wire. */
sealed interface Credential {

    /** An access token that is good now. Its refresh token never leaves this service. */
    record OAuth2(OAuthTokens tokens) implements Credential {
        @Override
        public String toString() {
            return "OAuth2[redacted]";
        }
    }

    /** A key, with whatever fields the provider declares beside it. */
    record ApiKey(ObjectNode data) implements Credential {
        @Override
        public String toString() {
            return "ApiKey[redacted]";
        }
    }

    /** A user name and a password, for HTTP or for a database. */
    record BasicAuth(ObjectNode data) implements Credential {
        @Override
        public String toString() {
            return "BasicAuth[redacted]";
        }
    }

    /** Headers of the user's own. */
    record Custom(ObjectNode data) implements Credential {
        @Override
        public String toString() {
            return "Custom[redacted]";
        }
    }

    /** An MCP server and how to sign in there. */
    record Mcp(
            ObjectNode data,
            @Nullable String serverUrl,
            @Nullable Instant expiresAt) implements Credential {
        @Override
        public String toString() {
            return "Mcp[redacted]";
        }
    }

    /** Tokens that are good now, of a provider's API or for an MCP server. */
    static Credential of(StoredConnection stored, OAuthTokens tokens) {
        return stored.method() == ConnectionMethod.MCP
                ? new Mcp(
                        McpAuthorization.withoutSecrets(TokenData.write(tokens)),
                        stored.mcpServerUrl(),
                        tokens.expiresAt())
                : new OAuth2(tokens);
    }

    /** What a connection that needs no refreshing holds. */
    static Credential of(StoredConnection stored, ObjectNode data) {
        return switch (stored.method()) {
            case API_KEY -> new ApiKey(data);
            case BASIC_AUTH -> new BasicAuth(data);
            case CUSTOM -> new Custom(data);
            case MCP -> new Mcp(data, stored.mcpServerUrl(), null);
            case OAUTH2 -> throw new IllegalArgumentException("OAuth tokens are opened by the refresh feature");
        };
    }
}
