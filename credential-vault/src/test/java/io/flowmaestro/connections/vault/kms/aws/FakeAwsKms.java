package io.flowmaestro.connections.vault.kms.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import io.flowmaestro.connections.vault.envelope.DecryptionFailed;
import io.flowmaestro.connections.vault.kms.ComputingKms;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;

/** Answers as AWS KMS does: the ciphertext names its key, and the encryption context is authenticated. */
class FakeAwsKms extends ComputingKms {

    @Override
    protected ResponseDefinitionBuilder answer(Request request, JsonObject body) {
        var key = body.getString("KeyId");
        var context = body.getJsonObject("EncryptionContext").encode().getBytes(UTF_8);
        return switch (request.getHeader("X-Amz-Target")) {
            case "TrentService.Encrypt" -> {
                var named = Buffer.buffer()
                        .appendInt(key.hashCode())
                        .appendBytes(key(key).seal(bytes(body, "Plaintext"), context));
                yield json(200, new JsonObject().put("KeyId", key).put("CiphertextBlob", base64(named.getBytes())));
            }
            case "TrentService.Decrypt" -> decrypt(key, bytes(body, "CiphertextBlob"), context);
            default -> error(400, "UnknownOperationException");
        };
    }

    private ResponseDefinitionBuilder decrypt(String key, byte[] blob, byte[] context) {
        if (Buffer.buffer(blob).getInt(0) != key.hashCode()) {
            return error(400, "IncorrectKeyException");
        }
        try {
            var plaintext = key(key).open(Arrays.copyOfRange(blob, 4, blob.length), context);
            return json(200, new JsonObject().put("KeyId", key).put("Plaintext", base64(plaintext)));
        } catch (DecryptionFailed refused) {
            return error(400, "InvalidCiphertextException");
        }
    }

    static ResponseDefinitionBuilder error(int status, String type) {
        return json(status, new JsonObject().put("__type", type).put("message", "canary-of-the-answer"));
    }

    private static ResponseDefinitionBuilder json(int status, JsonObject body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/x-amz-json-1.1")
                .withBody(body.encode());
    }
}
