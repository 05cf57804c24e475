package io.flowmaestro.connections.vault.kms.transit;

import io.flowmaestro.connections.vault.kms.KmsAnswer;
import io.flowmaestro.connections.vault.kms.KmsHttp;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One server, seen from one namespace. */
record TransitServer(KmsHttp http, URI address, Optional<String> namespace) {

    Uni<KmsAnswer> post(String path, JsonObject body) {
        return post(path, Map.of(), body);
    }

    Uni<KmsAnswer> post(String path, TransitToken token, JsonObject body) {
        return post(path, Map.of("X-Vault-Token", token.reveal()), body);
    }

    private Uni<KmsAnswer> post(String path, Map<String, String> login, JsonObject body) {
        var headers = new HashMap<>(login);
        // Without it the server refuses what a forged cross-site request could have sent.
        headers.put("X-Vault-Request", "true");
        namespace.ifPresent(name -> headers.put("X-Vault-Namespace", name));
        return http.post(URI.create(address + path), headers, body);
    }
}
