package io.flowmaestro.connections.oauth.attempt;

import java.util.UUID;

/** A provider's answer under its attempt's key, as it is stored. */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody, and changed by nobody.
record SealedAnswer(UUID attempt, UUID user, byte[] bytes) {

    @Override
    public String toString() {
        return "SealedAnswer[" + attempt + "]";
    }
}
