package io.flowmaestro.connections.vault.transit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.vault.envelope.Envelope;
import io.flowmaestro.connections.vault.envelope.EnvelopeFormat;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** The sealed record, to be stored and sent back as it is. */
@RegisterForReflection
record EncryptResponse(ObjectNode envelope) {

    static EncryptResponse of(Envelope envelope) {
        return new EncryptResponse(EnvelopeFormat.write(envelope));
    }
}
