package io.flowmaestro.connections.vault.kms;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.google.crypto.tink.subtle.Random;
import io.flowmaestro.connections.vault.envelope.Aes256Gcm;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A key management service on the wire: keys that never leave it, made when they are first named. */
public abstract class ComputingKms implements ResponseDefinitionTransformerV2 {

    private final Map<String, Aes256Gcm> keys = new ConcurrentHashMap<>();

    protected abstract ResponseDefinitionBuilder answer(Request request, JsonObject body);

    protected final Aes256Gcm key(String name) {
        return keys.computeIfAbsent(name, _ -> Aes256Gcm.of(Random.randBytes(32)));
    }

    @Override
    public final ResponseDefinition transform(ServeEvent event) {
        var request = event.getRequest();
        var json = request.getBodyAsString().startsWith("{")
                ? new JsonObject(request.getBodyAsString())
                : new JsonObject();
        return answer(request, json).build();
    }

    @Override
    public final String getName() {
        return "computing-kms";
    }

    @Override
    public final boolean applyGlobally() {
        return false;
    }

    protected static byte[] bytes(JsonObject json, String member) {
        return Base64.getDecoder().decode(json.getString(member));
    }

    protected static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
