package io.flowmaestro.connections.oauth.registry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.flowmaestro.connections.oauth.revocation.Standing;
import org.jspecify.annotations.Nullable;

@JsonIgnoreProperties(ignoreUnknown = true)
record ClaimStateWire(boolean inHand, @Nullable Boolean othersLive) {

    /** Who does not say is taken to have others: leaving a token to end by itself is the lesser harm. */
    Standing standing() {
        if (!inHand) {
            return Standing.MADE_ANEW;
        }
        return Boolean.FALSE.equals(othersLive) ? Standing.ALONE : Standing.AMONG_OTHERS;
    }
}
