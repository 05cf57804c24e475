package io.flowmaestro.connections.oauth.flow;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.StoredCredential;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.Peers;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A sign-in for a connection that exists. */
@QuarkusTest
class ReconnectTest extends ComponentTest {

    private static final String GRANTED =
            "{\"access_token\":\"new-at\",\"refresh_token\":\"new-rt\",\"expires_in\":3600,\"scope\":\"basic more\"}";

    private final Browser browser = new Browser();

    private static StoredCredential expired() {
        Instant now = Instant.now();
        return StoredCredential.of(
                        "oauth2",
                        "acme",
                        "{\"access_token\":\"old-at\",\"refresh_token\":\"old-rt\",\"expires_at\":%d,\"scope\":[\"basic\",\"more\"]}"
                                .formatted(now.minusSeconds(9).toEpochMilli()))
                .withStatus("expired");
    }

    private static String grantPath(StoredCredential stored) {
        return "/internal/connections/" + stored.id() + "/grant";
    }

    private static void account() {
        Suite.peers()
                .register(get("/acme/me").willReturn(Suite.json(200, "{\"id\":\"7\",\"email\":\"a@acme.example\"}")));
    }

    private static void granting(StoredCredential stored) {
        Suite.peers()
                .register(put(grantPath(stored))
                        .willReturn(Suite.json(
                                200,
                                "{\"success\":true,\"data\":{\"id\":\"" + stored.id() + "\",\"status\":\"active\"}}")));
    }

    private Map<String, String> begin(StoredCredential stored, Map<String, String> more) {
        var query = new java.util.HashMap<>(more);
        query.put("connection_id", stored.id().toString());
        var response = browser.authorize(Suite.ALICE, "acme", query);
        response.then().statusCode(200);
        browser.cookie = response.cookie(Browser.COOKIE);
        return Browser.query(response.path("data.auth_url"));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException broken) {
            throw new AssertionError(broken);
        }
    }

    @Test
    void asksForWhatTheConnectionHadAndForMore() {
        var asked = begin(expired().store(), Map.of("scopes", "admin"));
        assertThat(asked.get("scope").split(" ")).containsExactlyInAnyOrder("basic", "more", "admin");
    }

    @Test
    void asksForTheScopesOfASecondKindThatTheConnectionHad() {
        Suite.provider("acme", ",\"extra_scope_param\":\"user_scope\"");
        var stored = StoredCredential.of(
                        "oauth2", "acme", "{\"access_token\":\"old-at\",\"scope\":[],\"extra_scopes\":\"u1 u2\"}")
                .store();
        var asked = begin(stored, Map.of("extra_scopes", "u2,u3"));
        assertThat(asked.get("user_scope").split(" ")).containsExactly("u1", "u2", "u3");
    }

    @Test
    void keepsTheScopesOfASecondKindWithTheTokens() {
        Suite.provider("acme", ",\"extra_scope_param\":\"user_scope\"");
        Callbacks.accept();
        var begun = browser.authorize(Suite.ALICE, "acme", Map.of("extra_scopes", "u1,u2"));
        browser.cookie = begun.cookie(Browser.COOKIE);
        var asked = Browser.query(begun.path("data.auth_url"));
        browser.callback("acme", Map.of("state", asked.get("state"), "code", "code"))
                .then()
                .statusCode(200);
        JsonNode made = json(
                Suite.requests(RequestMethod.POST, Callbacks.CREATE).getFirst().getBodyAsString());
        var data = json(Suite.plaintext(made.path("envelope").path("ciphertext").asText()));
        assertThat(data.path("extra_scopes").asText()).isEqualTo("u1 u2");
        assertThat(data.path("access_token").asText()).isEqualTo("secret-at");
    }

    @Test
    void putsTheNewGrantOnTheSameConnection() {
        Suite.tokenAnswer(Suite.json(200, GRANTED));
        account();
        var stored = expired().store();
        granting(stored);
        var asked = begin(stored, Map.of());
        browser.callback("acme", Map.of("state", asked.get("state"), "code", "code"))
                .then()
                .statusCode(200)
                .body(containsString(stored.id().toString()));
        JsonNode grant = json(
                Suite.requests(RequestMethod.PUT, grantPath(stored)).getFirst().getBodyAsString());
        assertThat(grant.path("expected_credential_generation").asLong()).isEqualTo(1);
        assertThat(grant.path("refreshable").asBoolean()).isTrue();
        assertThat(grant.path("metadata").path("account").path("id").asText()).isEqualTo("7");
        assertThat(Suite.plaintext(grant.path("envelope").path("ciphertext").asText()))
                .contains("new-rt")
                .doesNotContain("old-rt");
        assertThat(Suite.requests(RequestMethod.POST, "/internal/connections")).isEmpty();
    }

    @Test
    void winsOverARefreshThatWritesAtTheSameMoment() {
        Suite.tokenAnswer(Suite.json(200, GRANTED));
        account();
        var stored = expired().store();
        Suite.peers()
                .register(put(grantPath(stored))
                        .inScenario("contest")
                        .whenScenarioStateIs(Scenario.STARTED)
                        .willSetStateTo("lost")
                        .willReturn(Suite.json(409, "{}")));
        Suite.peers()
                .register(put(grantPath(stored))
                        .inScenario("contest")
                        .whenScenarioStateIs("lost")
                        .willReturn(Suite.json(200, "{\"success\":true,\"data\":{}}")));
        var asked = begin(stored, Map.of());
        browser.callback("acme", Map.of("state", asked.get("state"), "code", "code"))
                .then()
                .statusCode(200);
        assertThat(Suite.requests(RequestMethod.PUT, grantPath(stored))).hasSize(2);
        assertThat(Suite.tokenRequests()).isEqualTo(1);
    }

    @Test
    void isForOAuthConnectionsOfTheSameProviderAndUser() {
        var key = StoredCredential.of("api_key", "acme", "{\"api_key\":\"k\"}").store();
        browser.authorize(Suite.ALICE, "acme", Map.of("connection_id", key.id().toString()))
                .then()
                .statusCode(409)
                .body("code", equalTo("connection-not-renewable"));
        var stored = expired().store();
        browser.authorize(Suite.BOB, "acme", Map.of("connection_id", stored.id().toString()))
                .then()
                .statusCode(404)
                .body("code", equalTo("connection-not-found"));
        browser.authorize(Suite.ALICE, "acme", Map.of("connection_id", UUID.randomUUID() + "x"))
                .then()
                .statusCode(400)
                .body("code", equalTo("parameter-invalid"));
    }

    @Test
    void takesNoVariableThatOnlyTheProviderMayTell() {
        Suite.catalogued("acme", """
                {"oauth2":{"authorize":"%1$s/acme/authorize","token":"%1$s/acme/token",
                 "token_response":{"api_base":"api_domain"}}}""".formatted(Peers.url()));
        browser.authorize(Suite.ALICE, "acme", Map.of("api_domain", "https://evil.example"))
                .then()
                .statusCode(400)
                .body("code", equalTo("parameter-invalid"));
    }
}
