package io.flowmaestro.connections.registry.provider;

import static io.restassured.RestAssured.given;

import io.flowmaestro.connections.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

/** What tests say as an administrator, and as the broker that uses what administrators register. */
final class Administrators {

    private Administrators() {}

    static RequestSpecification admin() {
        return given().auth().oauth2(Tokens.admin()).contentType(ContentType.JSON);
    }

    static ValidatableResponse client(String key) {
        return given().auth()
                .oauth2(Tokens.service("oauth-broker"))
                .get("/internal/oauth/clients/{key}", key)
                .then();
    }

    static ValidatableResponse clients() {
        return given().auth()
                .oauth2(Tokens.service("oauth-broker"))
                .get("/internal/oauth/clients")
                .then();
    }

    /** The definition of an OAuth provider; {@code more} follows its last member. */
    static String definition(String key, String name, String more) {
        return """
                {"key": "%s", "name": "%s", "category": "crm",
                 "methods": {"oauth2": {"authorize": "https://acme.example/authorize", "token": "https://acme.example/token"}}%s}""".formatted(key, name, more);
    }
}
