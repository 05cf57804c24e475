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
public final class Calls {

    public static final String PURPOSE = "connection-data";

    private Calls() {}

    public static RequestSpecification as(String service, UUID user) {
        return RestAssured.given()
                .auth()
                .oauth2(Tokens.service(service))
                .header("X-On-Behalf-Of", user)
                .contentType("application/json");
    }

    public static Response encrypt(UUID user, UUID connection, String plaintext) {
        return as("oauth-broker", user)
                .body(Map.of("connection_id", connection, "purpose", PURPOSE, "plaintext", base64(plaintext)))
                .post("/internal/encrypt");
    }

    public static Map<String, Object> sealed(UUID user, UUID connection, String plaintext) {
        return encrypt(user, connection, plaintext)
                .then()
                .statusCode(200)
                .extract()
                .path("data.envelope");
    }

    public static Response decrypt(UUID user, UUID connection, Object envelope) {
        return as("oauth-broker", user)
                .body(Map.of("connection_id", connection, "purpose", PURPOSE, "envelope", envelope))
                .post("/internal/decrypt");
    }

    /** As an operator. */
    public static RequestSpecification asAdmin() {
        return RestAssured.given().auth().oauth2(Tokens.admin()).contentType("application/json");
    }

    static Map<String, Object> item(UUID connection, String field, Object value) {
        return Map.of("connection_id", connection, "purpose", PURPOSE, field, value);
    }

    static Map<String, Object> with(Map<String, Object> envelope, String field, Object value) {
        var changed = new HashMap<>(envelope);
        changed.put(field, value);
        return changed;
    }

    public static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
