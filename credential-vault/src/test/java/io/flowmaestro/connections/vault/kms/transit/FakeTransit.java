package io.flowmaestro.connections.vault.kms.transit;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import io.flowmaestro.connections.vault.envelope.DecryptionFailed;
import io.flowmaestro.connections.vault.kms.ComputingKms;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Answers as the transit engine and the Kubernetes auth method do, errors included. */
class FakeTransit extends ComputingKms {

    private static final String PREFIX = "vault:v1:";

    final Set<String> tokens = ConcurrentHashMap.newKeySet();
    volatile boolean ignoresAssociatedData;
    private int logins;

    @Override
    protected ResponseDefinitionBuilder answer(Request request, JsonObject body) {
        if (request.getUrl().equals("/v1/auth/kubernetes/login")) {
            return login(body);
        }
        if (!tokens.contains(String.valueOf(request.getHeader("X-Vault-Token")))) {
            return errors(403, "permission denied");
        }
        var path = request.getUrl().split("/");
        var key = String.join("/", path[2], path[path.length - 1]);
        var aad = ignoresAssociatedData ? new byte[0] : bytes(body, "associated_data");
        return switch (path[path.length - 2]) {
            case "encrypt" -> data("ciphertext", PREFIX + base64(key(key).seal(bytes(body, "plaintext"), aad)));
            case "decrypt" -> decrypt(key, body.getString("ciphertext"), aad);
            default -> errors(404, "no handler for route");
        };
    }

    private ResponseDefinitionBuilder decrypt(String key, String ciphertext, byte[] aad) {
        if (!ciphertext.startsWith(PREFIX)) {
            return errors(400, "invalid ciphertext: no prefix");
        }
        try {
            var sealed = Base64.getDecoder().decode(ciphertext.substring(PREFIX.length()));
            return data("plaintext", base64(key(key).open(sealed, aad)));
        } catch (IllegalArgumentException notBase64) {
            return errors(400, "invalid ciphertext: could not decode base64");
        } catch (DecryptionFailed refused) {
            return errors(400, "cipher: message authentication failed");
        }
    }

    private synchronized ResponseDefinitionBuilder login(JsonObject body) {
        if (!body.getString("role").equals("connections")
                || !body.getString("jwt").equals("pod-jwt-canary")) {
            return errors(403, "permission denied");
        }
        var token = "hvs.login-canary-" + ++logins;
        tokens.add(token);
        return json(
                200,
                new JsonObject()
                        .put("auth", new JsonObject().put("client_token", token).put("lease_duration", 60)));
    }

    private static ResponseDefinitionBuilder data(String member, String value) {
        return json(200, new JsonObject().put("data", new JsonObject().put(member, value)));
    }

    static ResponseDefinitionBuilder errors(int status, String error) {
        return json(status, new JsonObject().put("errors", JsonArray.of(error)));
    }

    private static ResponseDefinitionBuilder json(int status, JsonObject body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody(body.encode());
    }
}
