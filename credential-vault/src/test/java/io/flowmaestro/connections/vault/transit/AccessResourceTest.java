package io.flowmaestro.connections.vault.transit;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.flowmaestro.connections.testing.Tokens;
import io.flowmaestro.connections.vault.VaultTest;
import io.flowmaestro.connections.vault.legacy.LegacyEnvelopes;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AccessResourceTest extends VaultTest {

    private static final List<String> SERVICES =
            List.of("connection-registry", "oauth-broker", "mcp-gateway", "credential-vault", "someone-else");

    private final UUID alice = UUID.randomUUID();
    private final UUID connection = UUID.randomUUID();

    /** Every service against every operation: the whole policy table, what it allows and what it does not. */
    @ParameterizedTest
    @CsvSource({
        "connection-registry, encrypt, 200",
        "connection-registry, decrypt, 403",
        "connection-registry, rewrap,  200",
        "connection-registry, import,  200",
        "oauth-broker,        encrypt, 200",
        "oauth-broker,        decrypt, 200",
        "oauth-broker,        rewrap,  403",
        "oauth-broker,        import,  403",
        "mcp-gateway,         encrypt, 403",
        "mcp-gateway,         decrypt, 200",
        "mcp-gateway,         rewrap,  403",
        "mcp-gateway,         import,  403",
        "credential-vault,    encrypt, 403",
        "credential-vault,    decrypt, 403",
        "credential-vault,    rewrap,  403",
        "credential-vault,    import,  403",
        "someone-else,        encrypt, 403",
        "someone-else,        decrypt, 403",
        "someone-else,        rewrap,  403",
        "someone-else,        import,  403",
    })
    void eachServiceMayCallItsOwnOperationsOnly(String service, String operation, int status) {
        var answer = Calls.as(service, alice)
                .body(body(operation))
                .post("/internal/{operation}", operation)
                .then()
                .statusCode(status);
        Calls.as(service, alice)
                .body(Map.of("items", List.of(body(operation))))
                .post("/internal/{operation}/batch", operation)
                .then()
                .statusCode(status);
        if (status == 403) {
            answer.contentType("application/problem+json").body("code", equalTo("operation-not-allowed"));
        }
    }

    @Test
    void whichFormsCanBeImportedIsToldToWhoeverMayImport() {
        for (var service : SERVICES) {
            var yes = service.equals("connection-registry");
            forms(Calls.as(service, alice), yes ? 200 : 403)
                    .body("code", yes ? nullValue() : equalTo("operation-not-allowed"));
        }
        forms(given().auth().oauth2(Tokens.admin()), 403);
        forms(given().auth().oauth2(Tokens.user(alice)), 403);
        forms(given().auth().oauth2(Tokens.worker()).header("X-On-Behalf-Of", alice), 403);
        forms(given().auth().oauth2(Tokens.service("connection-registry")), 400);
        forms(given(), 401);
    }

    private static ValidatableResponse forms(RequestSpecification request, int status) {
        return request.get("/internal/import/forms").then().statusCode(status);
    }

    /** The same table by purpose, with those that may seal and those that may open; all others may not. */
    @ParameterizedTest
    @CsvSource({
        "connection-data, connection-registry oauth-broker, oauth-broker mcp-gateway",
        "webhook-secret,  connection-registry,              connection-registry",
        "refresh-answer,  oauth-broker,                     oauth-broker",
        "client-secret,   connection-registry,              oauth-broker",
    })
    void eachPurposeIsForItsServicesOnly(String purpose, String sealing, String opening) {
        var sealers = List.of(sealing.split(" "));
        var sealed = place(purpose, "plaintext", Calls.base64("secret"));
        var envelope = Calls.as(sealers.getFirst(), alice)
                .body(sealed)
                .post("/internal/encrypt")
                .then()
                .statusCode(200)
                .extract()
                .<Map<String, Object>>path("data.envelope");
        var openable = place(purpose, "envelope", envelope);

        for (var service : SERVICES) {
            allowed(service, "encrypt", sealed, sealers.contains(service));
            allowed(service, "decrypt", openable, List.of(opening.split(" ")).contains(service));
            allowed(service, "rewrap", openable, rewraps(service, purpose));
        }
    }

    private static boolean rewraps(String service, String purpose) {
        return service.equals("connection-registry")
                && List.of(Calls.PURPOSE, "webhook-secret", "client-secret").contains(purpose);
    }

    private void allowed(String service, String operation, Map<String, Object> body, boolean yes) {
        Calls.as(service, alice)
                .body(body)
                .post("/internal/{operation}", operation)
                .then()
                .statusCode(yes ? 200 : 403)
                .body("code", yes ? nullValue() : equalTo("operation-not-allowed"));
    }

    @Test
    void whatWasSealedForOnePurposeOpensForNoOther() {
        var answer = Calls.as("oauth-broker", alice)
                .body(place("refresh-answer", "plaintext", Calls.base64("secret")))
                .post("/internal/encrypt")
                .<Map<String, Object>>path("data.envelope");

        for (var other : List.of("connection-data", "client-secret")) {
            Calls.as("oauth-broker", alice)
                    .body(place(other, "envelope", answer))
                    .post("/internal/decrypt")
                    .then()
                    .statusCode(422)
                    .body("code", equalTo("decryption-failed"));
        }
    }

    @Nested
    class Refuses {

        @ParameterizedTest
        @ValueSource(strings = {"encrypt", "decrypt", "rewrap", "import", "encrypt/batch", "decrypt/batch"})
        void whoeverBringsNoSoundToken(String operation) {
            post(given(), operation, 401);
            post(given().auth().oauth2(Tokens.expired(alice)), operation, 401);
            post(given().auth().oauth2(Tokens.otherAudience(alice)), operation, 401);
            post(given().auth().oauth2(Tokens.service("oauth-broker") + "x"), operation, 401);
        }

        @ParameterizedTest
        @ValueSource(strings = {"encrypt", "decrypt", "rewrap", "import", "encrypt/batch", "decrypt/batch"})
        void peopleAndWorkers(String operation) {
            post(given().auth().oauth2(Tokens.user(alice)), operation, 403);
            post(given().auth().oauth2(Tokens.admin()), operation, 403);
            post(given().auth().oauth2(Tokens.worker()).header("X-On-Behalf-Of", alice), operation, 403);
        }

        @ParameterizedTest
        @ValueSource(strings = {"encrypt", "decrypt", "rewrap", "import", "encrypt/batch", "decrypt/batch"})
        void aServiceThatNamesNoUserOrSeveral(String operation) {
            var service = Tokens.service("oauth-broker");
            post(given().auth().oauth2(service), operation, 400);
            post(given().auth().oauth2(service).header("X-On-Behalf-Of", "alice"), operation, 400);
            post(given().auth().oauth2(service).header("X-On-Behalf-Of", alice, UUID.randomUUID()), operation, 400);
        }

        private void post(RequestSpecification request, String operation, int status) {
            request.contentType("application/json")
                    .body(body(operation))
                    .post("/internal/" + operation)
                    .then()
                    .statusCode(status)
                    .contentType("application/problem+json")
                    .body("success", equalTo(false));
        }
    }

    @Test
    void becomesReadyOnceTheKeyIsProven() {
        Calls.sealed(alice, connection, "secret");
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'key-check' }.status", equalTo("UP"));
    }

    private Map<String, Object> body(String operation) {
        return switch (operation) {
            case "encrypt" -> place("plaintext", Calls.base64("secret"));
            case "import" -> place("legacy_envelope", LegacyEnvelopes.json("secret"));
            default -> place("envelope", Calls.sealed(alice, connection, "secret"));
        };
    }

    private Map<String, Object> place(String field, Object value) {
        return place(Calls.PURPOSE, field, value);
    }

    private Map<String, Object> place(String purpose, String field, Object value) {
        return Map.of("connection_id", connection, "purpose", purpose, field, value);
    }
}
