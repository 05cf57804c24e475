package io.flowmaestro.connections.oauth.credential;

import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static io.flowmaestro.connections.oauth.testing.Calls.registry;
import static io.flowmaestro.connections.oauth.testing.Calls.service;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.github.tomakehurst.wiremock.http.RequestMethod;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.StoredCredential;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class InternalCredentialResourceTest extends ComponentTest {

    private static final String PATH = "/internal/connections/{id}/credential-for-test";
    private static final Instant NOW = Instant.now();

    private static StoredCredential lasting() {
        return StoredCredential.oauth("at", "secret-rt", NOW, NOW.plusSeconds(3600));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "api_key|{\"api_key\":\"sk-1\"}|api_key|sk-1",
                "basic_auth|{\"username\":\"u\",\"password\":\"p\"}|password|p",
                "custom|{\"headers\":{\"X-One\":\"1\"}}|headers.X-One|1",
                "mcp|{\"server_url\":\"https://mcp.example\"}|apply.base_url|https://mcp.example"
            })
    void isThatOfEveryMethod(String method, String data, String field, String value) {
        var stored = StoredCredential.of(method, "unheard-of", data).store();

        registry()
                .post(PATH, stored.id())
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("data.type", equalTo(method))
                .body("data." + field, equalTo(value));
    }

    @Test
    void isAnAccessTokenWithoutItsRefreshToken() {
        registry()
                .post(PATH, lasting().store().id())
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("data.access_token", equalTo("at"))
                .body("data.refresh_token", nullValue());
    }

    @Test
    void isRefreshedIfItIsDue() {
        var stored = StoredCredential.oauth("old-at", "old-rt", NOW.minusSeconds(3700), NOW.minusSeconds(100))
                .withStatus("expired")
                .store();
        Suite.tokenAnswer(
                Suite.json(
                        200,
                        "{\"access_token\":\"new-at\",\"refresh_token\":\"new-rt\",\"token_type\":\"Bearer\",\"expires_in\":3600}"));
        Suite.peers()
                .register(put(stored.path())
                        .willReturn(Suite.json(200, "{\"success\":true,\"data\":{\"credential_generation\":2}}")));

        registry().post(PATH, stored.id()).then().statusCode(200).body("data.access_token", equalTo("new-at"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid", "expired"})
    void isHandedOutOfAConnectionThatATestMayHeal(String status) {
        registry().post(PATH, lasting().withStatus(status).store().id()).then().statusCode(200);
    }

    @Test
    void isRefusedOfARevokedOne() {
        var stored = lasting().withStatus("revoked").store();

        registry().post(PATH, stored.id()).then().statusCode(409).body("code", equalTo("connection-not-active"));
        assertThat(Suite.requests(RequestMethod.POST, "/internal/decrypt")).isEmpty();
    }

    @Nested
    class Callers {
        @Test
        void otherThanTheRegistryAreRefusedBeforeAnyLookUp() {
            var stored = lasting().store();
            service("mcp-gateway")
                    .post(PATH, stored.id())
                    .then()
                    .statusCode(403)
                    .body("code", equalTo("peer-not-allowed"));
            for (String token : new String[] {Tokens.user(Suite.ALICE), Tokens.admin()}) {
                given().auth().oauth2(token).post(PATH, stored.id()).then().statusCode(403);
            }
            given().auth()
                    .oauth2(Tokens.worker())
                    .header("X-On-Behalf-Of", Suite.ALICE.toString())
                    .post(PATH, stored.id())
                    .then()
                    .statusCode(403);
            given().post(PATH, stored.id()).then().statusCode(401);
            assertThat(Suite.requests(RequestMethod.GET, stored.path())).isEmpty();
        }

        @Test
        void mustNameTheUser() {
            given().auth()
                    .oauth2(Tokens.service("connection-registry"))
                    .post(PATH, lasting().store().id())
                    .then()
                    .statusCode(400);
        }

        @Test
        void findAForeignConnectionAsMissing() {
            given().auth()
                    .oauth2(Tokens.service("connection-registry"))
                    .header("X-On-Behalf-Of", Suite.BOB.toString())
                    .post(PATH, lasting().store().id())
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("connection-not-found"));
        }
    }
}
