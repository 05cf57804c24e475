package io.flowmaestro.connections.vault.kms;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Base64;

/** What a key management service answered. It may hold a plaintext key, so nothing of it is ever printed. */
public final class KmsAnswer {

    private final int status;
    private final Buffer body;

    KmsAnswer(int status, Buffer body) {
        this.status = status;
        this.body = body;
    }

    public int status() {
        return status;
    }

    /** The body as a JSON object; fails with {@link KmsFailure} if it is none. */
    public JsonObject json() {
        try {
            return body.toJsonObject();
        } catch (DecodeException | ClassCastException malformed) {
            // The cause is dropped: its message quotes the body.
            throw malformed("is not a JSON object");
        }
    }

    /** A member that the API promises; fails with {@link KmsFailure} if it is not there. */
    public static String text(JsonObject json, String member) {
        if (json.getValue(member) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw malformed("has no \"%s\"".formatted(member));
    }

    /**
     * A member that is bytes in base64. Its string stays in memory until collected; the bytes are the caller's to
     * wipe.
     */
    public static byte[] bytes(JsonObject json, String member) {
        try {
            return Base64.getDecoder().decode(text(json, member));
        } catch (IllegalArgumentException notBase64) {
            throw malformed("has a \"%s\" that is not base64".formatted(member));
        }
    }

    /** What every HTTP API means by these; the caller handles the statuses that say something of its own first. */
    public KmsFailure failure() {
        if (status == 429) {
            return new KmsFailure(KmsFailure.Kind.THROTTLED, "It asks for fewer calls (HTTP 429).");
        }
        return status >= 500
                ? new KmsFailure(KmsFailure.Kind.SERVER_ERROR, "It is in trouble (HTTP %d).".formatted(status))
                : malformed("has the unexpected status %d".formatted(status));
    }

    @Override
    public String toString() {
        return "KmsAnswer[%d, redacted]".formatted(status);
    }

    private static KmsFailure malformed(String what) {
        return new KmsFailure(
                KmsFailure.Kind.BAD_ANSWER,
                "Its answer %s. Check that its address leads to the service itself, not to a proxy's page."
                        .formatted(what));
    }
}
