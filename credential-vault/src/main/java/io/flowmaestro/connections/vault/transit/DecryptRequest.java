package io.flowmaestro.connections.vault.transit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record to open in the place it was sealed for.
 *
 * @param envelope as the vault gave it; any other shape fails like a forged one
 */
record DecryptRequest(
        @Nullable UUID connectionId,
        @Nullable String purpose,
        @Nullable JsonNode envelope) {

    /** JSON's {@code null} is a missing field, not an envelope that is forged. */
    DecryptRequest {
        envelope = envelope == null || envelope.isNull() ? null : envelope;
    }
}
