package io.flowmaestro.connections.oauthclient;

import java.util.Locale;
import java.util.Set;

/** What error codes mean: RFC 6749's, and what some providers say instead of them. */
final class GrantErrors {

    /** The grant is dead. */
    private static final Set<String> GRANT = Set.of("invalid_grant", "bad_refresh_token", "invalid_refresh_token");

    /** The client is not known, or did not prove itself: whatever token it sends. */
    private static final Set<String> CLIENT =
            Set.of("invalid_client", "invalid_client_id", "bad_client_secret", "incorrect_client_credentials");

    /** The client is known, and may not do this. Some say so of a token that was issued to another client. */
    private static final String MAY_NOT = "unauthorized_client";

    /** A fault of the moment, as an HTTP 503 or 429 would say. */
    private static final Set<String> MOMENT = Set.of(
            "temporarily_unavailable",
            "server_error",
            "slow_down",
            "rate_limited",
            "ratelimited",
            "internal_error",
            "service_unavailable");

    private GrantErrors() {}

    static boolean isOfTheGrant(String error) {
        return GRANT.contains(error.toLowerCase(Locale.ROOT));
    }

    static boolean isOfTheClient(String error) {
        return CLIENT.contains(error.toLowerCase(Locale.ROOT));
    }

    static boolean isOfClientAndGrant(String error) {
        return MAY_NOT.equalsIgnoreCase(error);
    }

    static boolean isOfTheMoment(String error) {
        return MOMENT.contains(error.toLowerCase(Locale.ROOT));
    }
}
