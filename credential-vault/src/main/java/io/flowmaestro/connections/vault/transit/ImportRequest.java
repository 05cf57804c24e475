package io.flowmaestro.connections.vault.transit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record of an older system, to be sealed as one of ours.
 *
 * @param legacyEnvelope {@code {"iv", "data", "authTag"}} or its text, or base64 of IV, tag and ciphertext
 */
record ImportRequest(
        @Nullable UUID connectionId,
        @Nullable String purpose,
        @Nullable JsonNode legacyEnvelope) {

    /** JSON's {@code null} is a missing field. */
    ImportRequest {
        legacyEnvelope = legacyEnvelope == null || legacyEnvelope.isNull() ? null : legacyEnvelope;
    }
}
