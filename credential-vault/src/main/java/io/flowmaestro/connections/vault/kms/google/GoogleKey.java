package io.flowmaestro.connections.vault.kms.google;

import io.flowmaestro.connections.vault.envelope.DecryptionFailed;
import io.flowmaestro.connections.vault.kms.KmsAnswer;
import io.flowmaestro.connections.vault.kms.KmsCall;
import io.flowmaestro.connections.vault.kms.KmsFailure;
import io.flowmaestro.connections.vault.kms.KmsFailure.Kind;
import io.flowmaestro.connections.vault.kms.KmsHttp;
import io.flowmaestro.connections.vault.masterkey.KeyEncryptionKey;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Base64;
import java.util.Locale;

/** A key of Google Cloud KMS. Both sides check what they receive against CRC32C checksums. */
final class GoogleKey implements KeyEncryptionKey {

    private final KmsHttp http;
    private final GoogleLogin login;
    private final URI endpoint;
    private final GoogleKeyName name;
    private final KmsCall call;

    GoogleKey(KmsHttp http, GoogleLogin login, URI endpoint, GoogleKeyName name, KmsCall call) {
        this.http = http;
        this.login = login;
        this.endpoint = endpoint;
        this.name = name;
        this.call = call;
    }

    @Override
    public Uni<byte[]> wrap(byte[] dataKey, byte[] associatedData) {
        return call.retrying(Uni.createFrom()
                .deferred(() -> post("encrypt", body("plaintext", dataKey, associatedData)))
                .map(this::wrapped));
    }

    @Override
    public Uni<byte[]> unwrap(byte[] wrapped, byte[] associatedData) {
        return call.retrying(Uni.createFrom()
                .deferred(() -> post("decrypt", body("ciphertext", wrapped, associatedData)))
                .map(this::unwrapped));
    }

    private byte[] wrapped(KmsAnswer answer) {
        var json = json(answer);
        var ciphertext = KmsAnswer.bytes(json, "ciphertext");
        Checksums.requireVerified(json, "verifiedPlaintextCrc32c");
        Checksums.requireVerified(json, "verifiedAdditionalAuthenticatedDataCrc32c");
        Checksums.require(json, "ciphertextCrc32c", ciphertext);
        return ciphertext;
    }

    private byte[] unwrapped(KmsAnswer answer) {
        var json = json(answer);
        var plaintext = KmsAnswer.bytes(json, "plaintext");
        Checksums.require(json, "plaintextCrc32c", plaintext);
        return plaintext;
    }

    private Uni<KmsAnswer> post(String method, JsonObject body) {
        var address = URI.create(endpoint + name.path(method));
        return login.headers(address).chain(headers -> http.post(address, headers, body));
    }

    /** Strings cannot be wiped: the base64 forms, and the buffers they are sent from, go when they are collected. */
    private static JsonObject body(String member, byte[] value, byte[] associatedData) {
        return new JsonObject()
                .put(member, base64(value))
                .put(member + "Crc32c", Checksums.of(value))
                .put("additionalAuthenticatedData", base64(associatedData))
                .put("additionalAuthenticatedDataCrc32c", Checksums.of(associatedData));
    }

    private JsonObject json(KmsAnswer answer) {
        return switch (answer.status()) {
            case 200 -> answer.json();
            case 400 -> throw badRequest(answer.json());
            case 401, 403 ->
                throw new KmsFailure(
                        Kind.REFUSED,
                        ("It refuses the credentials (HTTP %d): they need the role "
                                        + "roles/cloudkms.cryptoKeyEncrypterDecrypter on %s.")
                                .formatted(answer.status(), name));
            case 404 ->
                throw new KmsFailure(
                        Kind.KEY_UNUSABLE, "There is no key %s; correct the key's URI or make it.".formatted(name));
            default -> throw answer.failure();
        };
    }

    /** Google answers 400 for several things; its message tells them apart and is never passed on. */
    private RuntimeException badRequest(JsonObject answer) {
        var error = answer.getValue("error") instanceof JsonObject object ? object : new JsonObject();
        var message = String.valueOf(error.getValue("message"));
        if (message.startsWith("Decryption failed")) {
            return new DecryptionFailed();
        }
        if (message.toLowerCase(Locale.ROOT).contains("crc32c")) {
            return Checksums.corrupted();
        }
        return new KmsFailure(
                Kind.KEY_UNUSABLE,
                ("It does not take the request for %s (HTTP 400): the key's purpose must be "
                                + "ENCRYPT_DECRYPT and its version enabled.")
                        .formatted(name));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "GoogleKey[%s]".formatted(name);
    }
}
