package io.flowmaestro.connections.oauth;

import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.flowmaestro.connections.oauth.testing.Calls;
import io.flowmaestro.connections.oauth.testing.PackagedSettings;
import io.flowmaestro.connections.oauth.testing.StoredCredential;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.PackagedService;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The broker as it is shipped, on what its component tests run on. */
@QuarkusIntegrationTest
@QuarkusTestResource(value = PackagedSettings.class, restrictToAnnotatedClass = true)
class BrokerIT extends PackagedService {

    private static final Instant NOW = Instant.now();

    @BeforeEach
    void scriptPeers() {
        Suite.reset();
    }

    @Override
    protected String guarded() {
        return "/api/oauth/providers";
    }

    @Test
    void sendsAUserToTheProvider() {
        given().auth()
                .oauth2(Tokens.user(Suite.ALICE))
                .get("/api/oauth/acme/authorize")
                .then()
                .statusCode(200)
                .body("data.auth_url", containsString("client_id=acme-client"))
                .body("data.auth_url", containsString("code_challenge_method=S256"))
                .cookie("connections_flow");
    }

    @Test
    void showsAPageToABrowserWhoseFlowItDoesNotKnow() {
        given().get("/api/oauth/acme/callback?code=c&state=unknown")
                .then()
                .statusCode(400)
                .contentType(containsString("text/html"))
                .body(containsString("oauth_error"));
    }

    @Test
    void givesACredentialOfEachMethod() {
        usable(StoredCredential.oauth("at", "rt", NOW, NOW.plusSeconds(3600)), "{\"scopes\":[\"basic\"]}", 200)
                .body("data.type", equalTo("oauth2"))
                .body("data.apply.headers.Authorization", equalTo("Bearer at"));
        usable(StoredCredential.of("basic_auth", "db", "{\"username\":\"u\",\"password\":\"p\"}"), "{}", 200)
                .body("data.type", equalTo("basic_auth"))
                .body("data.apply.headers.Authorization", equalTo("Basic dTpw"));
    }

    @Test
    void refreshesATokenThatHasRunOut() {
        Suite.tokenAnswer(Suite.json(
                200,
                "{\"access_token\":\"new\",\"refresh_token\":\"rt-2\",\"token_type\":\"Bearer\",\"expires_in\":3600}"));
        var stored = StoredCredential.oauth("old", "rt", NOW.minusSeconds(7200), NOW.minusSeconds(3600));
        Suite.peers()
                .register(put(stored.path())
                        .willReturn(Suite.json(200, "{\"success\":true,\"data\":{\"credential_generation\":2}}")));

        usable(stored, "{}", 200).body("data.access_token", equalTo("new"));
    }

    @Test
    void refusesWhatItDoesNotUnderstandWithAProblem() {
        usable(StoredCredential.of("api_key", "acme", "{\"api_key\":\"k\"}"), "{\"scope\":[]}", 400)
                .contentType("application/problem+json")
                .body("success", equalTo(false));
    }

    private static ValidatableResponse usable(StoredCredential stored, String request, int status) {
        return Calls.worker()
                .body(request)
                .post("/api/credentials/{id}", stored.store().id())
                .then()
                .statusCode(status);
    }

    @Test
    void publishesItsKeysAndItsClientMetadata() {
        given().get("/api/oauth/jwks").then().statusCode(200).body("keys", hasSize(1));
        given().get("/api/oauth/client-metadata.json")
                .then()
                .statusCode(200)
                .body("redirect_uris", hasItem(containsString("/api/oauth/")));
    }
}
