package io.flowmaestro.connections.vault.kms.aws;

import io.flowmaestro.connections.vault.kms.KmsCall;
import io.flowmaestro.connections.vault.masterkey.KeyEncryptionKey;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.Base64;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * A key of AWS KMS. The associated data travels as the encryption context {@code {"aad": base64}}, which AWS writes into
 * CloudTrail: it holds ids, no secret. The arrays are handed over uncopied, so that none is left behind unwiped; what the
 * SDK makes of them on the wire is out of reach.
 */
final class AwsKey implements KeyEncryptionKey {

    private final KmsClient client;
    private final AwsKeyArn arn;
    private final KmsCall call;

    AwsKey(KmsClient client, AwsKeyArn arn, KmsCall call) {
        this.client = client;
        this.arn = arn;
        this.call = call;
    }

    @Override
    public Uni<byte[]> wrap(byte[] dataKey, byte[] associatedData) {
        return onWorker(() -> client.encrypt(request -> request.keyId(arn.value())
                        .plaintext(SdkBytes.fromByteArrayUnsafe(dataKey))
                        .encryptionContext(context(associatedData)))
                .ciphertextBlob());
    }

    /** Names the key although the ciphertext does so too: any other key's ciphertext is refused. */
    @Override
    public Uni<byte[]> unwrap(byte[] wrapped, byte[] associatedData) {
        return onWorker(() -> client.decrypt(request -> request.keyId(arn.value())
                        .ciphertextBlob(SdkBytes.fromByteArrayUnsafe(wrapped))
                        .encryptionContext(context(associatedData)))
                .plaintext());
    }

    private Uni<byte[]> onWorker(Supplier<SdkBytes> operation) {
        return call.once(Uni.createFrom()
                .item(operation)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .map(AwsKey::bytes)
                .onFailure()
                .transform(AwsFailures::translate));
    }

    private static byte[] bytes(SdkBytes answer) {
        return answer.asByteArrayUnsafe();
    }

    private static Map<String, String> context(byte[] associatedData) {
        return Map.of("aad", Base64.getEncoder().encodeToString(associatedData));
    }

    @Override
    public String toString() {
        return "AwsKey[%s]".formatted(arn);
    }
}
