package io.flowmaestro.connections.registry.provider;

import static io.flowmaestro.connections.registry.Registry.ALICE;
import static io.flowmaestro.connections.registry.provider.Administrators.definition;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.flowmaestro.connections.registry.RegistryTest;
import io.flowmaestro.connections.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@RegistryTest
class ProviderAdminAccessTest {

    static Stream<Arguments> notAdministrators() {
        return Stream.of(
                Arguments.of("nobody", "", false, 401),
                Arguments.of("an expired token", Tokens.expired(ALICE), false, 401),
                Arguments.of("a user", Tokens.user(ALICE), false, 403),
                Arguments.of("a worker", Tokens.worker(), true, 403),
                Arguments.of("the broker", Tokens.service("oauth-broker"), true, 403),
                Arguments.of("an admin in somebody's name", Tokens.admin(), true, 403));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notAdministrators")
    void onlyAdministratorsChangeTheCatalogue(String name, String token, boolean onBehalf, int status) {
        caller(token, onBehalf)
                .body(definition("acme", "Acme", ""))
                .post("/api/providers")
                .then()
                .statusCode(status);
        caller(token, onBehalf)
                .body(definition("acme", "Acme", ""))
                .put("/api/providers/acme")
                .then()
                .statusCode(status);
        caller(token, onBehalf).delete("/api/providers/acme").then().statusCode(status);
        given().auth()
                .oauth2(Tokens.user(ALICE))
                .get("/api/providers/acme")
                .then()
                .statusCode(404);
    }

    static Stream<Arguments> notTheBroker() {
        return Stream.of(
                Arguments.of("nobody", "", 401, "unauthorized"),
                Arguments.of("a user", Tokens.user(ALICE), 403, "forbidden"),
                Arguments.of("an admin", Tokens.admin(), 403, "forbidden"),
                Arguments.of("the gateway", Tokens.service("mcp-gateway"), 403, "peer-not-allowed"),
                Arguments.of("the vault", Tokens.service("credential-vault"), 403, "peer-not-allowed"),
                Arguments.of("the registry", Tokens.service("connection-registry"), 403, "peer-not-allowed"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notTheBroker")
    void onlyTheBrokerIsToldOfClients(String name, String token, int status, String code) {
        for (String path : List.of("/internal/oauth/clients", "/internal/oauth/clients/acme")) {
            caller(token, false).get(path).then().statusCode(status).body("code", equalTo(code));
        }
    }

    private static RequestSpecification caller(String token, boolean onBehalf) {
        RequestSpecification request = given().contentType(ContentType.JSON);
        if (!token.isEmpty()) {
            request.auth().oauth2(token);
        }
        return onBehalf ? request.header("X-On-Behalf-Of", ALICE.toString()) : request;
    }
}
