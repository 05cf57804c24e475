package io.flowmaestro.connections.vault.transit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowmaestro.connections.testing.Tokens;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The vault as its peers call it. */
final class Calls {

    static final String PURPOSE = "connection-data";

    private Calls() {}

    static RequestSpecification as(String service, UUID user) {
        return RestAssured.given()
                .auth()
                .oauth2(Tokens.service(service))
                .header("X-On-Behalf-Of", user)
                .contentType("application/json");
    }

    static Response encrypt(UUID user, UUID connection, String plaintext) {
        return as("oauth-broker", user)
                .body(Map.of("connection_id", connection, "purpose", PURPOSE, "plaintext", base64(plaintext)))
                .post("/internal/encrypt");
    }

    static Map<String, Object> sealed(UUID user, UUID connection, String plaintext) {
        return encrypt(user, connection, plaintext)
                .then()
                .statusCode(200)
                .extract()
                .path("data.envelope");
    }

    static Response decrypt(UUID user, UUID connection, Object envelope) {
        return as("oauth-broker", user)
                .body(Map.of("connection_id", connection, "purpose", PURPOSE, "envelope", envelope))
                .post("/internal/decrypt");
    }

    static Map<String, Object> with(Map<String, Object> envelope, String field, Object value) {
        var changed = new HashMap<>(envelope);
        changed.put(field, value);
        return changed;
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
