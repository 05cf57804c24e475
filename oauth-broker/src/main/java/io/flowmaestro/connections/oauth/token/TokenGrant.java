package io.flowmaestro.connections.oauth.token;

import io.flowmaestro.connections.oauth.secret.Secret;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A successful token answer.
 *
 * @param scope empty where the provider does not say
 * @param account what the answer itself says of the account
 */
public record TokenGrant(
        Secret accessToken,
        @Nullable Secret refreshToken,
        String tokenType,
        Instant receivedAt,
        @Nullable Instant expiresAt,
        List<String> scope,
        Account account) {

    /** The tokens of a new connection for which {@code requested} scopes were asked. */
    public OAuthTokens tokens(List<String> requested) {
        return new OAuthTokens(
                accessToken, refreshToken, tokenType, receivedAt, expiresAt, scope.isEmpty() ? requested : scope);
    }
}
