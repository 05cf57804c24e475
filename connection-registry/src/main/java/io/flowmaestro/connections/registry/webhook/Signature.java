package io.flowmaestro.connections.registry.webhook;

import io.flowmaestro.connections.registry.data.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The headers of the Standard Webhooks specification: who receives the body can tell that it is ours, and how old. */
final class Signature {

    private static final String PREFIX = "whsec_";

    private Signature() {}

    /**
     * Signs a body.
     *
     * @param id stays over retries, so that a receiver can tell a repeated delivery
     * @param secret {@code whsec_} and base64
     */
    static Map<String, String> headers(String id, Instant at, String body, Secret secret) {
        String timestamp = Long.toString(at.getEpochSecond());
        byte[] key = Base64.getDecoder().decode(secret.reveal().substring(PREFIX.length()));
        String signed = id + "." + timestamp + "." + body;
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            String signature = Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
            return Map.of("webhook-id", id, "webhook-timestamp", timestamp, "webhook-signature", "v1," + signature);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
