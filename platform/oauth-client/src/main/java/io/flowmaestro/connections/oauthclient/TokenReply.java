package io.flowmaestro.connections.oauthclient;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a provider sent back to a token request, uninterpreted. It may be the only copy of a rotated refresh token, so it
 * is sealed and stored before anybody reads it.
 *
 * @param retryAfter the header as it came
 * @param body never changed by anybody
 * @param receivedAt by our clock; expiries are counted from it
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody; a copy would be one more place for a secret.
public record TokenReply(int status, @Nullable String retryAfter, byte[] body, Instant receivedAt) {

    /** What the reply says, by the provider's facts. The same reply is read the same way at any time. */
    public TokenAnswer read(OAuthSettings settings) {
        return new TokenAnswerReader(settings).read(this);
    }

    @Override
    public String toString() {
        return "TokenReply[status " + status + ", " + body.length + " bytes]";
    }
}
