package io.flowmaestro.connections.oauth.refresh;

import io.flowmaestro.connections.oauthclient.OAuthTokens;
import java.time.Duration;
import java.time.Instant;

/** When a token is due: {@code expiry − min(margin, lifetime / 2)}, so that short-lived ones are not renewed at once. */
record RefreshMargin(Duration longest) {

    boolean due(OAuthTokens tokens, Instant now) {
        return tokens.expiresAt() != null && !now.isBefore(tokens.expiresAt().minus(of(tokens)));
    }

    /** A token that does not say when it was issued is taken to live long. */
    private Duration of(OAuthTokens tokens) {
        if (tokens.issuedAt() == null || tokens.expiresAt() == null) {
            return longest;
        }
        Duration half = Duration.between(tokens.issuedAt(), tokens.expiresAt()).dividedBy(2);
        return half.isNegative() || half.compareTo(longest) > 0 ? longest : half;
    }
}
