package io.flowmaestro.connections.vault.transit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record to open, or to seal anew, in the place it was sealed for.
 *
 * @param envelope as the vault gave it; any other shape fails like a forged one
 */
record SealedRequest(
        @Nullable UUID connectionId,
        @Nullable String purpose,
        @Nullable JsonNode envelope) {

    /** JSON's {@code null} is a missing field, not an envelope that is forged. */
    SealedRequest {
        envelope = envelope == null || envelope.isNull() ? null : envelope;
    }

    static SealedRecord record(RequestFields fields, @Nullable SealedRequest body) {
        var request = fields.required("body", body);
        return SealedRecord.of(
                fields.context(request.connectionId(), request.purpose()),
                fields.required("envelope", request.envelope()));
    }

    static List<SealedRecord> records(RequestFields fields, @Nullable Batch<SealedRequest> body) {
        var items = fields.items(body);
        List<SealedRecord> records = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            records.add(record(fields.item(i), items.get(i)));
        }
        return records;
    }
}
