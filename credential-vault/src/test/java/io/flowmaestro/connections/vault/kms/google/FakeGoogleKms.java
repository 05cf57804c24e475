package io.flowmaestro.connections.vault.kms.google;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import io.flowmaestro.connections.vault.envelope.DecryptionFailed;
import io.flowmaestro.connections.vault.kms.ComputingKms;
import io.vertx.core.json.JsonObject;
import java.util.zip.CRC32C;

/** Answers as Google Cloud KMS and its token server do, and checks the checksums it gets. */
class FakeGoogleKms extends ComputingKms {

    static final String TOKEN = "ya29.google-canary";

    @Override
    protected ResponseDefinitionBuilder answer(Request request, JsonObject body) {
        if (request.getUrl().equals("/token")) {
            return json(
                    200,
                    new JsonObject()
                            .put("access_token", TOKEN)
                            .put("token_type", "Bearer")
                            .put("expires_in", 3600));
        }
        if (!("Bearer " + TOKEN).equals(request.getHeader("Authorization"))) {
            return error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.");
        }
        var key = request.getUrl().substring("/v1/".length(), request.getUrl().lastIndexOf(':'));
        var aad = bytes(body, "additionalAuthenticatedData");
        var member = request.getUrl().endsWith(":encrypt") ? "plaintext" : "ciphertext";
        if (!crc(aad).equals(body.getString("additionalAuthenticatedDataCrc32c"))
                || !crc(bytes(body, member)).equals(body.getString(member + "Crc32c"))) {
            return error(400, "INVALID_ARGUMENT", "The checksum in field " + member + "_crc32c did not match.");
        }
        return member.equals("plaintext")
                ? encrypt(key, bytes(body, member), aad)
                : decrypt(key, bytes(body, member), aad);
    }

    private ResponseDefinitionBuilder encrypt(String key, byte[] plaintext, byte[] aad) {
        var sealed = key(key).seal(plaintext, aad);
        return json(
                200,
                new JsonObject()
                        .put("name", key + "/cryptoKeyVersions/1")
                        .put("ciphertext", base64(sealed))
                        .put("ciphertextCrc32c", crc(sealed))
                        .put("verifiedPlaintextCrc32c", true)
                        .put("verifiedAdditionalAuthenticatedDataCrc32c", true));
    }

    private ResponseDefinitionBuilder decrypt(String key, byte[] ciphertext, byte[] aad) {
        try {
            var plaintext = key(key).open(ciphertext, aad);
            return json(
                    200,
                    new JsonObject()
                            .put("plaintext", base64(plaintext))
                            .put("plaintextCrc32c", crc(plaintext))
                            .put("usedPrimary", true));
        } catch (DecryptionFailed refused) {
            return error(
                    400, "INVALID_ARGUMENT", "Decryption failed: verify that 'name' refers to the correct CryptoKey.");
        }
    }

    static ResponseDefinitionBuilder error(int code, String status, String message) {
        return json(
                code,
                new JsonObject()
                        .put(
                                "error",
                                new JsonObject()
                                        .put("code", code)
                                        .put("message", message)
                                        .put("status", status)));
    }

    static String crc(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        return Long.toString(crc.getValue());
    }

    static ResponseDefinitionBuilder json(int status, JsonObject body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody(body.encode());
    }
}
