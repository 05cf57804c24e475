package io.flowmaestro.connections.oauth.credential;

import java.util.Locale;

/**
 * What a report of a refused credential came to.
 *
 * @param credentialVersion of the credential to be asked for now
 */
record RefusedView(Outcome outcome, long credentialVersion) {

    /** Names on the wire are in lower case. */
    enum Outcome {
        /** The credential had been replaced already: ask for the new one. */
        SUPERSEDED,
        /** The token was renewed: ask for the new one. */
        RENEWED,
        /** There is nothing to renew; the connection was tested, and found to work. */
        TESTED;

        @com.fasterxml.jackson.annotation.JsonValue
        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
