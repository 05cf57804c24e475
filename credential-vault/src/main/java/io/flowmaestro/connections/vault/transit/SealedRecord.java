package io.flowmaestro.connections.vault.transit;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.vault.envelope.DecryptionFailed;
import io.flowmaestro.connections.vault.envelope.Envelope;
import io.flowmaestro.connections.vault.envelope.EnvelopeFormat;
import io.flowmaestro.connections.vault.envelope.RecordContext;
import java.util.Optional;

/**
 * A record to open.
 *
 * @param envelope empty when what was sent is none, which fails like one that is forged
 */
record SealedRecord(RecordContext context, Optional<Envelope> envelope) {

    static SealedRecord of(RecordContext context, JsonNode envelope) {
        try {
            return new SealedRecord(context, Optional.of(EnvelopeFormat.read(envelope)));
        } catch (DecryptionFailed notAnEnvelope) {
            return new SealedRecord(context, Optional.empty());
        }
    }
}
