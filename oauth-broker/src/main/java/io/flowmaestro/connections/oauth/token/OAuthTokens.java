package io.flowmaestro.connections.oauth.token;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.oauth.secret.Secret;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one connection.
 *
 * @param issuedAt when the answer with them arrived here, by our clock
 * @param expiresAt null for a token that does not say when it ends
 * @param scope what was granted; what was asked for where the provider does not say
 * @param fields what else the connection's data holds, such as the host or tenant of the account; a refresh keeps it
 */
public record OAuthTokens(
        Secret accessToken,
        @Nullable Secret refreshToken,
        String tokenType,
        @Nullable Instant issuedAt,
        @Nullable Instant expiresAt,
        List<String> scope,
        ObjectNode fields) {

    /** Tokens of a connection that holds nothing else. */
    public OAuthTokens(
            Secret accessToken,
            @Nullable Secret refreshToken,
            String tokenType,
            @Nullable Instant issuedAt,
            @Nullable Instant expiresAt,
            List<String> scope) {
        this(accessToken, refreshToken, tokenType, issuedAt, expiresAt, scope, JsonNodeFactory.instance.objectNode());
    }

    public boolean expired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    /** What holds after a refresh: a reply without a refresh token or scope leaves the old one in force (RFC 6749, 6). */
    public OAuthTokens renewedBy(TokenGrant grant) {
        return new OAuthTokens(
                grant.accessToken(),
                grant.refreshToken() == null ? refreshToken : grant.refreshToken(),
                grant.tokenType(),
                grant.receivedAt(),
                grant.expiresAt(),
                grant.scope().isEmpty() ? scope : grant.scope(),
                fields);
    }

    @Override
    public String toString() {
        return "OAuthTokens[redacted]";
    }
}
