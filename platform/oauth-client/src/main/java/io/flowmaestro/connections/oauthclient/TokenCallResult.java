package io.flowmaestro.connections.oauthclient;

import java.time.Duration;

/** What became of one request to a token endpoint, before its reply is read. */
public sealed interface TokenCallResult {

    /** The whole reply is here, whatever it says. */
    record Replied(TokenReply reply) implements TokenCallResult {}

    /**
     * The provider has certainly not seen the request.
     *
     * @param fullOfOwnCalls the user's own calls kept it back, which says nothing of the provider
     */
    record NotSent(String reason, Duration retryAfter, boolean fullOfOwnCalls) implements TokenCallResult {}

    /** The request went out and no whole reply came back: the code or refresh token may have been redeemed. */
    record NoAnswer(String reason, Duration retryAfter) implements TokenCallResult {}

    /** For whoever does not store replies. */
    default TokenAnswer read(OAuthSettings settings) {
        return switch (this) {
            case Replied replied -> replied.reply().read(settings);
            case NotSent notSent -> new TokenAnswer.Unavailable(notSent.reason(), notSent.retryAfter(), true);
            case NoAnswer noAnswer -> new TokenAnswer.Unavailable(noAnswer.reason(), noAnswer.retryAfter(), false);
        };
    }
}
