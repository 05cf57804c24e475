package io.flowmaestro.connections.local.demo;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.Set;

/** The envelope that lies in the database in place of a connection's data. */
record SealedData(String keyId, int keyVersion, int ciphertextBytes) {
    private static final Set<String> FIELDS = Set.of("format", "key_id", "key_version", "nonce", "ciphertext", "tag");
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    /** Reads the column's JSON text; anything but an envelope fails the step. */
    static SealedData read(String text) {
        try {
            JsonObject envelope = new JsonObject(text);
            StepFailed.unless(
                    envelope.fieldNames().equals(FIELDS), "the stored data has the fields " + envelope.fieldNames());
            StepFailed.unless(envelope.getInteger("format") == 1, "the envelope's format is not 1");
            StepFailed.unless(bytes(envelope, "nonce") == NONCE_BYTES, "the nonce does not have 12 bytes");
            StepFailed.unless(bytes(envelope, "tag") == TAG_BYTES, "the tag does not have 16 bytes");
            return new SealedData(
                    envelope.getString("key_id"), envelope.getInteger("key_version"), bytes(envelope, "ciphertext"));
        } catch (DecodeException | IllegalArgumentException | ClassCastException notAnEnvelope) {
            throw new StepFailed("the stored data is not an envelope");
        }
    }

    private static int bytes(JsonObject envelope, String field) {
        return Base64.getDecoder().decode(envelope.getString(field)).length;
    }
}
