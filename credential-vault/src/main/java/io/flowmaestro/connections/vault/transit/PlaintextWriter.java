package io.flowmaestro.connections.vault.transit;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;

/** Writes the bytes as base64, once: they are wiped as soon as they are written. */
final class PlaintextWriter extends JsonSerializer<Plaintext> {

    @Override
    public void serialize(Plaintext plaintext, JsonGenerator json, SerializerProvider provider) throws IOException {
        try (plaintext) {
            json.writeBinary(plaintext.reveal());
        }
    }
}
