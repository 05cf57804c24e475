package io.flowmaestro.connections.vault.kms.transit;

import io.flowmaestro.connections.vault.envelope.DecryptionFailed;
import io.flowmaestro.connections.vault.kms.KmsAnswer;
import io.flowmaestro.connections.vault.kms.KmsFailure;
import io.vertx.core.json.JsonArray;

/**
 * Says what an answer other than 200 means. The engine answers 400 for a ciphertext that does not open as well as for a key
 * that cannot be used; only the text in {@code errors} tells them apart, and it is never passed on.
 */
final class TransitRefusals {

    private TransitRefusals() {}

    static RuntimeException of(KmsAnswer answer, TransitKeyName key) {
        return switch (answer.status()) {
            case 400 -> badRequest(errors(answer), key);
            case 403 ->
                new KmsFailure(
                        KmsFailure.Kind.REFUSED,
                        "It refuses a fresh token for %s (HTTP 403): its policy must allow update on %s and %s."
                                .formatted(
                                        key,
                                        key.encryptPath().substring(4),
                                        key.decryptPath().substring(4)));
            case 404 ->
                new KmsFailure(
                        KmsFailure.Kind.KEY_UNUSABLE,
                        ("There is no transit engine at %s (HTTP 404); enable it, or correct the "
                                        + "key's URI or VAULT_NAMESPACE.")
                                .formatted(key.mount()));
            // A standby that has not caught up with what the active server knows.
            case 412 -> new KmsFailure(KmsFailure.Kind.SERVER_ERROR, "It is not up to date yet (HTTP 412).");
            default -> answer.failure();
        };
    }

    private static RuntimeException badRequest(String errors, TransitKeyName key) {
        if (errors.contains("message authentication failed") || errors.contains("invalid ciphertext")) {
            return new DecryptionFailed();
        }
        return new KmsFailure(KmsFailure.Kind.KEY_UNUSABLE, advice(errors, key));
    }

    private static String advice(String errors, TransitKeyName key) {
        if (errors.contains("too old")) {
            return "The key %s no longer opens what an old version of it wrapped; lower its min_decryption_version."
                    .formatted(key);
        }
        if (errors.contains("key not found")) {
            return "There is no key %1$s; make one with `vault write -f %1$s type=aes256-gcm96`.".formatted(key);
        }
        if (errors.contains("associated_data")) {
            return "The type of key %s takes no associated data; use one of type aes256-gcm96 or another AEAD type."
                    .formatted(key);
        }
        return ("It does not take the request for %s (HTTP 400); the key must be of type "
                        + "aes256-gcm96, neither derived nor convergent.")
                .formatted(key);
    }

    private static String errors(KmsAnswer answer) {
        return answer.json().getValue("errors") instanceof JsonArray errors ? errors.encode() : "";
    }
}
