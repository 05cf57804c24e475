package io.flowmaestro.connections.vault.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/**
 * The JSON form of an envelope: {@code {"format": 1, "key_id": "<uuid>", "key_version": 1, "nonce": "<base64>",
 * "ciphertext": "<base64>", "tag": "<base64>"}}.
 *
 * <p>Reading accepts exactly what writing gives: one spelling per envelope, so that two texts that differ are two
 * envelopes. Everything else is {@link DecryptionFailed}.
 */
public final class EnvelopeFormat {

    private static final int FIELDS = 6;

    private EnvelopeFormat() {}

    public static ObjectNode write(Envelope envelope) {
        var sealed = envelope.sealed().array();
        var ciphertextEnd = sealed.length - Aes256Gcm.TAG_BYTES;
        return JsonNodeFactory.instance
                .objectNode()
                .put("format", Envelope.FORMAT)
                .put("key_id", envelope.key().keyId().toString())
                .put("key_version", envelope.key().version())
                .put("nonce", base64(sealed, 0, Aes256Gcm.NONCE_BYTES))
                .put("ciphertext", base64(sealed, Aes256Gcm.NONCE_BYTES, ciphertextEnd))
                .put("tag", base64(sealed, ciphertextEnd, sealed.length));
    }

    public static Envelope read(JsonNode json) {
        if (!json.isObject() || json.size() != FIELDS || number(json, "format") != Envelope.FORMAT) {
            throw new DecryptionFailed();
        }
        return Envelope.of(keyVersion(json), bytes(json, "nonce"), bytes(json, "ciphertext"), bytes(json, "tag"));
    }

    private static KeyVersion keyVersion(JsonNode json) {
        try {
            var text = text(json, "key_id");
            var id = UUID.fromString(text);
            if (!id.toString().equals(text)) {
                throw new DecryptionFailed();
            }
            return new KeyVersion(id, number(json, "key_version"));
        } catch (IllegalArgumentException malformed) {
            throw new DecryptionFailed();
        }
    }

    private static int number(JsonNode json, String field) {
        var value = json.get(field);
        if (value == null || !value.isInt()) {
            throw new DecryptionFailed();
        }
        return value.intValue();
    }

    private static String text(JsonNode json, String field) {
        var value = json.get(field);
        if (value == null || !value.isTextual()) {
            throw new DecryptionFailed();
        }
        return value.textValue();
    }

    /** Base64 has several spellings of the same bytes (missing padding, stray last bits); only the canonical one counts. */
    private static byte[] bytes(JsonNode json, String field) {
        try {
            var text = text(json, field);
            var bytes = Base64.getDecoder().decode(text);
            if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
                throw new DecryptionFailed();
            }
            return bytes;
        } catch (IllegalArgumentException malformed) {
            throw new DecryptionFailed();
        }
    }

    private static String base64(byte[] bytes, int from, int to) {
        return Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes, from, to));
    }
}
