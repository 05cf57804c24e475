package io.flowmaestro.connections.vault.transit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.vault.envelope.EnvelopeFormat;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The record in the newest version of its key, to be stored in the place of the former.
 *
 * @param rewrapped false when it was that already; the envelope is the same then
 */
@RegisterForReflection
record RewrapResponse(ObjectNode envelope, boolean rewrapped) {

    static RewrapResponse of(Rewrapped record) {
        return new RewrapResponse(EnvelopeFormat.write(record.envelope()), record.changed());
    }
}
