package io.flowmaestro.connections.vault.transit;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;

/** Reads base64 without ever making a {@code String} of it. What is not base64 reads as empty, which no request may be. */
final class PlaintextReader extends JsonDeserializer<Plaintext> {

    @Override
    public Plaintext deserialize(JsonParser json, DeserializationContext context) throws IOException {
        if (!json.hasToken(JsonToken.VALUE_STRING)) {
            return (Plaintext) context.handleUnexpectedToken(String.class, json);
        }
        var base64 = ascii(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
        try {
            return Plaintext.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException malformed) {
            return Plaintext.of(new byte[0]);
        } finally {
            Arrays.fill(base64, (byte) 0);
        }
    }

    /** A character beyond ASCII becomes one that base64 does not know. */
    private static byte[] ascii(char[] text, int offset, int length) {
        var ascii = new byte[length];
        for (int i = 0; i < length; i++) {
            ascii[i] = (byte) Math.min(text[offset + i], 0x7f);
        }
        return ascii;
    }
}
