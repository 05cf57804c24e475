package io.flowmaestro.connections.vault.legacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.crypto.tink.util.Bytes;
import io.flowmaestro.connections.vault.envelope.DecryptionFailed;
import io.flowmaestro.connections.vault.envelope.Envelope;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * An envelope of an older system.
 *
 * @param iv 16 bytes
 * @param sealed ciphertext ‖ tag, as the JCA takes it
 */
public record LegacyEnvelope(LegacyForm form, Bytes iv, Bytes sealed) {

    private static final int IV_BYTES = 16;
    private static final int TAG_BYTES = 16;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads either form; what is neither is {@link DecryptionFailed}. */
    public static LegacyEnvelope read(JsonNode json) {
        if (json.isObject()) {
            return ofObject(json);
        }
        if (!json.isTextual()) {
            throw new DecryptionFailed();
        }
        var text = json.textValue().strip();
        return text.startsWith("{") ? ofObject(parsed(text)) : ofCompact(base64(text));
    }

    private static LegacyEnvelope ofObject(JsonNode json) {
        return of(LegacyForm.JSON, hex(json, "iv"), hex(json, "data"), hex(json, "authTag"));
    }

    private static LegacyEnvelope ofCompact(byte[] bytes) {
        if (bytes.length < IV_BYTES + TAG_BYTES) {
            throw new DecryptionFailed();
        }
        return of(
                LegacyForm.COMPACT,
                Arrays.copyOf(bytes, IV_BYTES),
                Arrays.copyOfRange(bytes, IV_BYTES + TAG_BYTES, bytes.length),
                Arrays.copyOfRange(bytes, IV_BYTES, IV_BYTES + TAG_BYTES));
    }

    private static LegacyEnvelope of(LegacyForm form, byte[] iv, byte[] ciphertext, byte[] tag) {
        if (iv.length != IV_BYTES || tag.length != TAG_BYTES || ciphertext.length > Envelope.MAX_CIPHERTEXT_BYTES) {
            throw new DecryptionFailed();
        }
        var sealed = Arrays.copyOf(ciphertext, ciphertext.length + TAG_BYTES);
        System.arraycopy(tag, 0, sealed, ciphertext.length, TAG_BYTES);
        return new LegacyEnvelope(form, Bytes.copyFrom(iv), Bytes.copyFrom(sealed));
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new DecryptionFailed();
        }
    }

    private static byte[] hex(JsonNode json, String field) {
        try {
            var value = json.get(field);
            if (value == null || !value.isTextual()) {
                throw new DecryptionFailed();
            }
            return HexFormat.of().parseHex(value.textValue());
        } catch (IllegalArgumentException malformed) {
            throw new DecryptionFailed();
        }
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException malformed) {
            throw new DecryptionFailed();
        }
    }
}
