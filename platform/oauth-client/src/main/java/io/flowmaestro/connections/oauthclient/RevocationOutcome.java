package io.flowmaestro.connections.oauthclient;

import java.time.Duration;

/** What became of a request to take tokens back. */
public sealed interface RevocationOutcome {

    /** The tokens are worth nothing any more, whether by this request or by an earlier one. */
    record Revoked() implements RevocationOutcome {}

    /** The provider has no way to revoke, or none for these tokens; they end by themselves. */
    record NotOffered() implements RevocationOutcome {}

    /**
     * The provider understood and said no. Asking again changes nothing before an operator does.
     *
     * @param error its error code in harmless characters
     */
    record Refused(String error) implements RevocationOutcome {}

    /** A fault of the moment; asking again is safe. */
    record Unavailable(String reason, Duration retryAfter) implements RevocationOutcome {}
}
