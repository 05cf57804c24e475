package io.flowmaestro.connections.local.proof.oauth;

import java.util.Map;

/** The clocks of a broker: production's, or shorter ones so that a proof does not wait half a minute each time. */
enum Timing {
    PRODUCTION(Map.of()),
    SHORT(Map.of(
            "CONNECTIONS_OAUTH_TOKEN_TIMEOUT", "4S",
            "CONNECTIONS_OAUTH_REFRESH_LEASE", "5S",
            "CONNECTIONS_OAUTH_REFRESH_QUARANTINE", "3S"));

    private final Map<String, String> environment;

    Timing(Map<String, String> environment) {
        this.environment = environment;
    }

    Map<String, String> environment() {
        return environment;
    }
}
