package io.flowmaestro.connections.vault.kms.transit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.flowmaestro.connections.vault.envelope.DecryptionFailed;
import io.flowmaestro.connections.vault.kms.KmsAnswer;
import io.flowmaestro.connections.vault.kms.KmsCall;
import io.flowmaestro.connections.vault.kms.KmsFailure;
import io.flowmaestro.connections.vault.masterkey.KeyEncryptionKey;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/** A key of a transit engine. Its wrapped form is the engine's own text, {@code vault:v1:…}, in ASCII. */
final class TransitKey implements KeyEncryptionKey {

    private static final Pattern CIPHERTEXT = Pattern.compile("[\\x21-\\x7e]{1,8192}");

    private final TransitServer server;
    private final TransitLogin login;
    private final TransitKeyName name;
    private final KmsCall call;
    private volatile boolean binding;

    TransitKey(TransitServer server, TransitLogin login, TransitKeyName name, KmsCall call) {
        this.server = server;
        this.login = login;
        this.name = name;
        this.call = call;
    }

    @Override
    public Uni<byte[]> wrap(byte[] dataKey, byte[] associatedData) {
        return call.retrying(Uni.createFrom()
                .deferred(() -> authorized(name.encryptPath(), body("plaintext", base64(dataKey), associatedData)))
                .map(answer -> KmsAnswer.text(data(answer), "ciphertext"))
                .call(ciphertext -> requireBinding(ciphertext, associatedData))
                .map(ciphertext -> ciphertext.getBytes(US_ASCII)));
    }

    @Override
    public Uni<byte[]> unwrap(byte[] wrapped, byte[] associatedData) {
        var ciphertext = new String(wrapped, US_ASCII);
        return CIPHERTEXT.matcher(ciphertext).matches()
                ? call.retrying(decrypt(ciphertext, associatedData))
                : Uni.createFrom().failure(new DecryptionFailed());
    }

    private Uni<byte[]> decrypt(String ciphertext, byte[] associatedData) {
        return Uni.createFrom()
                .deferred(() -> authorized(name.decryptPath(), body("ciphertext", ciphertext, associatedData)))
                .map(answer -> KmsAnswer.bytes(data(answer), "plaintext"));
    }

    /**
     * An old server ignores the associated data without a word, and would open a data key that was moved to another row.
     * So before the first wrapped key leaves here, opening it with other associated data has to fail.
     */
    private Uni<Void> requireBinding(String ciphertext, byte[] associatedData) {
        if (binding) {
            return Uni.createFrom().voidItem();
        }
        var other = Arrays.copyOf(associatedData, associatedData.length + 1);
        return decrypt(ciphertext, other)
                .map(TransitKey::notBound)
                .onFailure(DecryptionFailed.class)
                .recoverWithItem(true)
                .invoke(bound -> binding = bound)
                .replaceWithVoid();
    }

    private static boolean notBound(byte[] opened) {
        Arrays.fill(opened, (byte) 0);
        throw new KmsFailure(
                KmsFailure.Kind.KEY_UNUSABLE,
                "It ignores associated_data, which binds a data key to its owner: use a release "
                        + "whose transit API knows it.");
    }

    private Uni<KmsAnswer> authorized(String path, JsonObject body) {
        return login.token().chain(token -> attempt(path, body, token));
    }

    private Uni<KmsAnswer> attempt(String path, JsonObject body, TransitToken token) {
        return server.post(path, token, body)
                .chain(answer -> answer.status() == 403
                        ? again(path, body, token)
                        : Uni.createFrom().item(answer));
    }

    /** Once: a token that is refused as soon as it was made lacks a policy, not time. */
    private Uni<KmsAnswer> again(String path, JsonObject body, TransitToken refused) {
        return login.insteadOf(refused).chain(fresh -> server.post(path, fresh, body));
    }

    private JsonObject data(KmsAnswer answer) {
        if (answer.status() != 200) {
            throw TransitRefusals.of(answer, name);
        }
        return answer.json().getValue("data") instanceof JsonObject data ? data : new JsonObject();
    }

    /** Strings cannot be wiped: the base64 forms, and the buffers they are sent from, go when they are collected. */
    private static JsonObject body(String member, String value, byte[] associatedData) {
        return new JsonObject().put(member, value).put("associated_data", base64(associatedData));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "TransitKey[%s]".formatted(name);
    }
}
