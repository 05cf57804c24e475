package io.flowmaestro.connections.oauthclient;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A successful token answer.
 *
 * @param scope empty where the provider does not say
 * @param account what the answer itself says of the account
 * @param variables what the connection keeps besides its tokens: the provider's variables, and what callback and answer
 *     told, such as the base of the API
 */
public record TokenGrant(
        Secret accessToken,
        @Nullable Secret refreshToken,
        String tokenType,
        Instant receivedAt,
        @Nullable Instant expiresAt,
        List<String> scope,
        Account account,
        Map<String, String> variables) {

    /** A grant that tells nothing besides. */
    public TokenGrant(
            Secret accessToken,
            @Nullable Secret refreshToken,
            String tokenType,
            Instant receivedAt,
            @Nullable Instant expiresAt,
            List<String> scope,
            Account account) {
        this(accessToken, refreshToken, tokenType, receivedAt, expiresAt, scope, account, Map.of());
    }

    /** The tokens of a new connection for which {@code requested} scopes were asked. */
    public OAuthTokens tokens(List<String> requested) {
        return new OAuthTokens(
                        accessToken,
                        refreshToken,
                        tokenType,
                        receivedAt,
                        expiresAt,
                        scope.isEmpty() ? requested : scope,
                        JsonNodeFactory.instance.objectNode())
                .with(variables)
                .with(account.variables());
    }

    TokenGrant with(String name, String value) {
        Map<String, String> more = new TreeMap<>(variables);
        more.put(name, value);
        return new TokenGrant(accessToken, refreshToken, tokenType, receivedAt, expiresAt, scope, account, more);
    }
}
