package io.flowmaestro.connections.oauth.credential;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.github.tomakehurst.wiremock.http.RequestMethod;
import io.flowmaestro.connections.oauth.testing.Calls;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.StoredCredential;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class RefusedResourceTest extends ComponentTest {

    private static StoredCredential lasting(long age) {
        Instant now = Instant.now();
        return StoredCredential.oauth("old-at", "old-rt", now.minusSeconds(age), now.plusSeconds(3600));
    }

    private static Response refused(StoredCredential stored, String body) {
        return Calls.worker().body(body).post("/api/credentials/{id}/refused", stored.id());
    }

    private static Response refused(StoredCredential stored, long version) {
        return refused(stored, "{\"credential_version\":" + version + "}");
    }

    private static void tested(StoredCredential stored, String status) {
        Suite.peers()
                .register(post(urlPathEqualTo(stored.testPath()))
                        .willReturn(Suite.json(
                                200,
                                "{\"success\":true,\"data\":{\"status\":\"" + status
                                        + "\",\"status_reason\":\"the provider says no\"}}")));
    }

    @Test
    void renewsATokenThatTheProviderNoLongerTakes() {
        Suite.tokenAnswer(Suite.json(200, "{\"access_token\":\"new-at\",\"expires_in\":3600}"));
        var stored = lasting(100).store();
        Suite.peers()
                .register(put(stored.path())
                        .willReturn(Suite.json(200, "{\"success\":true,\"data\":{\"credential_generation\":2}}")));
        refused(stored, 1)
                .then()
                .statusCode(200)
                .body("data.outcome", equalTo("renewed"))
                .body("data.credential_version", equalTo(2));
        assertThat(Suite.tokenRequests()).isEqualTo(1);
    }

    @Test
    void doesNothingForAnOlderVersion() {
        var stored = lasting(100).at(3, lasting(100).data()).store();
        refused(stored, 2)
                .then()
                .statusCode(200)
                .body("data.outcome", equalTo("superseded"))
                .body("data.credential_version", equalTo(3));
        assertThat(Suite.tokenRequests()).isZero();
    }

    @Test
    void doesNotRenewWhatWasIssuedAMomentAgo() {
        refused(lasting(1).store(), 1)
                .then()
                .statusCode(429)
                .header("Retry-After", value -> org.hamcrest.Matchers.not(equalTo("0")))
                .body("code", equalTo("too-many-requests"));
        assertThat(Suite.tokenRequests()).isZero();
    }

    @Test
    void hasAKeyTested() {
        var stored =
                StoredCredential.of("api_key", "acme", "{\"api_key\":\"k\"}").store();
        tested(stored, "active");
        refused(stored, 1).then().statusCode(200).body("data.outcome", equalTo("tested"));
        assertThat(Suite.requests(RequestMethod.POST, stored.testPath()))
                .singleElement()
                .satisfies(test -> assertThat(test.getUrl()).endsWith("?refused=true"));
    }

    @Test
    void saysSoWhenTheTestFindsTheKeyDead() {
        var stored =
                StoredCredential.of("api_key", "acme", "{\"api_key\":\"k\"}").store();
        tested(stored, "invalid");
        refused(stored, 1).then().statusCode(409).body("code", equalTo("connection-not-active"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"credential_version\":0}",
                "{\"credential_version\":null}",
                "{\"credential_version\":1.5}",
                "{\"credential_version\":1e30}",
                "{\"credential_version\":\"1\"}"
            })
    void wantsTheVersion(String body) {
        refused(lasting(100).store(), body).then().statusCode(400);
    }

    @Test
    void isForWorkersAndTheirUsersConnectionsOnly() {
        var stored = lasting(100).store();
        io.restassured.RestAssured.given()
                .auth()
                .oauth2(Tokens.user(Suite.ALICE))
                .contentType("application/json")
                .body("{\"credential_version\":1}")
                .post("/api/credentials/{id}/refused", stored.id())
                .then()
                .statusCode(403);
        io.restassured.RestAssured.given()
                .auth()
                .oauth2(Tokens.worker())
                .header("X-On-Behalf-Of", Suite.BOB.toString())
                .contentType("application/json")
                .body("{\"credential_version\":1}")
                .post("/api/credentials/{id}/refused", stored.id())
                .then()
                .statusCode(404);
    }
}
