package io.flowmaestro.connections.local.proof.oauth;

import java.time.Duration;
import java.util.Map;

/** The clocks of a broker: production's, or shorter ones so that a proof does not wait half a minute each time. */
enum Timing {
    PRODUCTION(Map.of()),
    SHORT(of(4, 5, 3)),
    /** For what waits until a lease has lapsed, and has to come before the quarantine is over. */
    SHORT_LEASE(of(4, 5, 15)),
    /** For what waits for no lapse: a slow machine has time to come to the point. */
    NO_LAPSE(of(15, 16, 3));

    private final Map<String, String> environment;

    Timing(Map<String, String> environment) {
        this.environment = environment;
    }

    private static Map<String, String> of(int timeout, int lease, int quarantine) {
        return Map.of(
                "CONNECTIONS_OAUTH_TOKEN_TIMEOUT", timeout + "S",
                "CONNECTIONS_OAUTH_REFRESH_LEASE", lease + "S",
                "CONNECTIONS_OAUTH_REFRESH_QUARANTINE", quarantine + "S");
    }

    /** For how long a provider may hold its answers: some less than a token request may take. */
    Duration hold() {
        return this == SHORT || this == SHORT_LEASE ? Duration.ofMillis(3_300) : Duration.ofSeconds(8);
    }

    Map<String, String> environment() {
        return environment;
    }
}
