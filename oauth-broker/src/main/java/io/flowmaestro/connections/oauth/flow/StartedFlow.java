package io.flowmaestro.connections.oauth.flow;

import java.time.Instant;
import java.util.UUID;

/** What a page needs to send its user to the provider. */
record StartedFlow(String authUrl, String provider, UUID flowId, Instant expiresAt) {

    @Override
    public String toString() {
        // The URL holds the state.
        return "StartedFlow[" + flowId + "]";
    }
}
