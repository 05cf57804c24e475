package io.flowmaestro.connections.oauth.attempt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.oauthclient.TokenReply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals what a provider answered, before anybody reads it: AES-256-GCM under the attempt's own key, bound to the
 * attempt. A key seals one answer, so that one nonce is enough; a provider's second answer does not exist.
 */
final class AnswerSeal {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int TAG_BITS = 128;
    private static final byte[] NONCE = new byte[12];

    private AnswerSeal() {}

    /** What was sealed: an answer, and whom it came from where no catalogue says so. */
    record Opened(TokenReply reply, @Nullable ObjectNode origin) {}

    static byte[] seal(AnswerKey key, UUID attempt, TokenReply reply, @Nullable ObjectNode origin) {
        byte[] plain = write(reply, origin);
        try {
            return cipher(Cipher.ENCRYPT_MODE, key, attempt).doFinal(plain);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-GCM is part of every Java runtime", impossible);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** @throws AnswerUnreadable for anything but an answer of this attempt under this key, whatever is wrong with it */
    static Opened open(AnswerKey key, UUID attempt, byte[] sealed) {
        byte[] plain = decrypt(key, attempt, sealed);
        try {
            JsonNode reply = JSON.readTree(plain);
            return new Opened(
                    new TokenReply(
                            reply.path("status").intValue(),
                            text(reply.path("retry_after")),
                            reply.path("body").binaryValue(),
                            Instant.ofEpochMilli(reply.path("received_at").longValue())),
                    reply.path("origin") instanceof ObjectNode origin ? origin : null);
        } catch (IOException malformed) {
            throw new AnswerUnreadable();
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static byte[] decrypt(AnswerKey key, UUID attempt, byte[] sealed) {
        try {
            return cipher(Cipher.DECRYPT_MODE, key, attempt).doFinal(sealed);
        } catch (GeneralSecurityException refused) {
            throw new AnswerUnreadable();
        }
    }

    private static byte[] write(TokenReply reply, @Nullable ObjectNode origin) {
        ObjectNode written = JSON.createObjectNode()
                .put("status", reply.status())
                .put("retry_after", reply.retryAfter())
                .put("body", reply.body())
                .put("received_at", reply.receivedAt().toEpochMilli());
        if (origin != null) {
            written.set("origin", origin);
        }
        try {
            return JSON.writeValueAsBytes(written);
        } catch (IOException impossible) {
            throw new IllegalStateException("numbers, text and bytes are always JSON", impossible);
        }
    }

    private static Cipher cipher(int mode, AnswerKey key, UUID attempt) throws GeneralSecurityException {
        byte[] bytes = key.reveal();
        try {
            var cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, new SecretKeySpec(bytes, "AES"), new GCMParameterSpec(TAG_BITS, NONCE));
            cipher.updateAAD(ByteBuffer.allocate(Long.BYTES * 2)
                    .putLong(attempt.getMostSignificantBits())
                    .putLong(attempt.getLeastSignificantBits())
                    .flip());
            return cipher;
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static @Nullable String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : null;
    }
}
