package io.flowmaestro.connections.oauthclient;

import java.time.Duration;

/** What came of preparing an authorization. */
public sealed interface AuthorizationStart {

    /** The user can be sent there. */
    record Ready(String url) implements AuthorizationStart {}

    /**
     * The provider does not take the request.
     *
     * @param error its error code in harmless characters
     */
    record Refused(String error) implements AuthorizationStart {}

    /**
     * A fault of the moment.
     *
     * @param reason for people, without anything the provider sent
     */
    record Unavailable(String reason, Duration retryAfter) implements AuthorizationStart {}
}
