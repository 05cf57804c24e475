package io.flowmaestro.connections.oauth.flow;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.flowmaestro.connections.oauth.refresh.RefreshService;
import io.flowmaestro.connections.oauth.testing.Calls;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.StoredCredential;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.Peers;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A provider whose tokens are our client's own, from the first one to the last. */
@QuarkusTest
class ConnectResourceTest extends ComponentTest {

    private static final String TOKEN = "/machine/north/token";
    private static final String GRANT =
            "{\"access_token\":\"client-at\",\"refresh_token\":\"needless\",\"token_type\":\"Bearer\",\"expires_in\":3600}";

    @Inject
    RefreshService refreshes;

    @BeforeEach
    void offer() {
        Suite.catalogued("strict", """
                {"oauth2":{"grant":"client_credentials","token":"%1$s/machine/{site}/token","default_scopes":["basic"],
                 "token_auth":"body","token_params":{"audience":"api"},"config":{"site":{"pattern":"[a-z]+"}}}}""".formatted(Peers.url()));
        Suite.peers().register(post(Callbacks.CREATE).willReturn(Callbacks.created()));
        answer(200, GRANT);
    }

    private static void answer(int status, String body) {
        Suite.peers().register(post(TOKEN).willReturn(Suite.json(status, body)));
    }

    private static ValidatableResponse connect(String provider, String body) {
        return given().auth()
                .oauth2(Tokens.user(Suite.ALICE))
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/oauth/{provider}/connect", provider)
                .then();
    }

    private static Map<String, String> form(LoggedRequest request) {
        return Browser.query("http://x/?" + request.getBodyAsString());
    }

    private static JsonNode json(LoggedRequest request) throws Exception {
        return new ObjectMapper().readTree(request.getBodyAsString());
    }

    /** As connecting has stored it. */
    private static StoredCredential stored(Instant expiresAt) {
        return stored(expiresAt, "north");
    }

    private static StoredCredential stored(Instant expiresAt, String site) {
        var stored = StoredCredential.of("oauth2", "strict", """
                {"access_token":"old-at","token_type":"Bearer","issued_at":%d,"expires_at":%d,"scope":["basic","more"],"site":"%s"}""".formatted(
                                expiresAt.minusSeconds(3600).toEpochMilli(), expiresAt.toEpochMilli(), site))
                .store();
        Suite.peers()
                .register(put(stored.path())
                        .willReturn(Suite.json(200, "{\"success\":true,\"data\":{\"credential_generation\":2}}")));
        return stored;
    }

    private static void assertRenewed(StoredCredential stored) throws Exception {
        assertThat(Suite.requests(RequestMethod.POST, TOKEN))
                .singleElement()
                .satisfies(request -> assertThat(form(request))
                        .containsOnly(
                                Map.entry("grant_type", "client_credentials"),
                                Map.entry("scope", "basic more"),
                                Map.entry("audience", "api"),
                                Map.entry("client_id", "strict-client"),
                                Map.entry("client_secret", "strict-secret")));
        var write = json(Suite.requests(RequestMethod.PUT, stored.path()).getFirst());
        assertThat(write.path("refreshable").asBoolean()).isTrue();
        assertThat(Suite.plaintext(write.path("envelope").path("ciphertext").asText()))
                .contains("client-at", "\"site\":\"north\"")
                .doesNotContain("needless");
    }

    @Nested
    class Connecting {

        @Test
        void asksForATokenAsOurClientAndStoresAConnectionThatCanBeRenewed() throws Exception {
            connect("strict", "{\"name\":\"Machine\",\"scopes\":[\"more\"],\"config\":{\"site\":\"north\"}}")
                    .statusCode(201)
                    .body("data.name", equalTo("Machine"))
                    .body("data.status", equalTo("active"));

            assertThat(Suite.requests(RequestMethod.POST, TOKEN))
                    .singleElement()
                    .satisfies(request -> assertThat(form(request))
                            .containsEntry("grant_type", "client_credentials")
                            .containsEntry("scope", "basic more")
                            .containsEntry("audience", "api")
                            .containsEntry("client_secret", "strict-secret"));
            var body = json(Suite.requests(RequestMethod.POST, Callbacks.CREATE).getFirst());
            assertThat(body.path("refreshable").booleanValue()).isTrue();
            assertThat(body.path("metadata").path("scopes").toString()).isEqualTo("[\"basic\",\"more\"]");
            assertThat(Suite.plaintext(body.path("envelope").path("ciphertext").asText()))
                    .contains("client-at", "\"site\":\"north\"")
                    .as("a client needs no refresh token")
                    .doesNotContain("needless");
        }

        @Test
        void isNamedAfterTheProviderWhereNobodyGivesAName() {
            connect("strict", "{\"config\":{\"site\":\"north\"}}")
                    .statusCode(201)
                    .body("data.name", equalTo("Strict"));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "400|{\"error\":\"invalid_scope\",\"error_description\":\"upstream-secret\"}|502|provider-refused",
                    "401|{\"error\":\"invalid_client\"}|502|provider-refused",
                    "503|upstream-secret|503|provider-unavailable"
                })
        void storesNothingWhereTheProviderDoesNotIssueAToken(int status, String body, int answered, String code) {
            answer(status, body);
            connect("strict", "{\"config\":{\"site\":\"north\"}}")
                    .statusCode(answered)
                    .body("code", equalTo(code))
                    .body("detail", org.hamcrest.Matchers.not(containsString("upstream-secret")));
            assertThat(Suite.requests(RequestMethod.POST, Callbacks.CREATE)).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{}",
                    "{\"config\":{\"site\":\"../x\"}}",
                    "{\"config\":{\"site\":null}}",
                    "{\"config\":{\"site\":\"north\",\"other\":\"x\"}}",
                    "{\"config\":{\"site\":\"north\"},\"name\":\" \"}",
                    "{\"config\":{\"site\":\"north\"},\"scopes\":[\"a\\\"b\"]}"
                })
        void refusesWhatIsMissingOrNotAllowedBeforeTheProviderIsAsked(String body) {
            connect("strict", body).statusCode(400).body("code", equalTo("parameter-invalid"));
            assertThat(Suite.requests(RequestMethod.POST, TOKEN)).isEmpty();
        }

        @Test
        void isForUsersOnly() {
            Calls.worker().body("{}").post("/api/oauth/strict/connect").then().statusCode(403);
        }
    }

    @Nested
    class Grants {

        @Test
        void ofTheClientAreNotSignedInto() {
            new Browser()
                    .authorize(Suite.ALICE, "strict", Map.of())
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("grant-not-offered"))
                    .body("detail", containsString("POST /api/oauth/strict/connect"));
        }

        @Test
        void ofAUserAreNotOurClients() {
            Suite.provider("acme", "");
            connect("acme", "{}")
                    .statusCode(409)
                    .body("code", equalTo("grant-not-offered"))
                    .body("detail", containsString("GET /api/oauth/acme/authorize"));
        }

        @Test
        void areToldOfEachProvider() {
            given().auth()
                    .oauth2(Tokens.user(Suite.ALICE))
                    .get("/api/oauth/providers")
                    .then()
                    .body("data[0].grant", equalTo("client_credentials"));
        }
    }

    @Nested
    class Using {

        private ValidatableResponse use(StoredCredential stored) {
            return Calls.worker().post("/api/credentials/{id}", stored.id()).then();
        }

        @Test
        void handsOutATokenThatIsGood() {
            use(stored(Instant.now().plusSeconds(3000))).statusCode(200).body("data.access_token", equalTo("old-at"));
            assertThat(Suite.requests(RequestMethod.POST, TOKEN)).isEmpty();
        }

        @Test
        void renewsOneThatHasEndedByTheSameRequestAgain() throws Exception {
            var stored = stored(Instant.now().minusSeconds(9));
            use(stored).statusCode(200).body("data.access_token", equalTo("client-at"));
            assertRenewed(stored);
            assertThat(Suite.count("select count(*) from oauth.refresh_attempts where state = 'published'"))
                    .isEqualTo(1);
        }

        @Test
        void renewsOneBeforeItEnds() throws Exception {
            var stored = stored(Instant.now().plusSeconds(60));
            assertThat(refreshes
                            .renewAhead(Suite.ALICE, stored.id(), "strict", Duration.ofMinutes(5))
                            .await()
                            .atMost(Duration.ofSeconds(20)))
                    .isTrue();
            assertRenewed(stored);
        }

        @Test
        void renewsOneThatTheProviderRefuses() throws Exception {
            var stored = stored(Instant.now().plusSeconds(3000));
            Calls.worker()
                    .body("{\"credential_version\":1}")
                    .post("/api/credentials/{id}/refused", stored.id())
                    .then()
                    .statusCode(200)
                    .body("data.outcome", equalTo("renewed"));
            assertRenewed(stored);
        }

        @Test
        void leavesTheConnectionAloneWhereTheProviderRefusesOurClient() {
            // A place of its own, for it is left alone for a while.
            Suite.peers()
                    .register(
                            post("/machine/south/token").willReturn(Suite.json(401, "{\"error\":\"invalid_client\"}")));
            var stored = stored(Instant.now().minusSeconds(9), "south");
            use(stored).statusCode(502).body("code", equalTo("provider-refused"));
            assertThat(Suite.requests(RequestMethod.PUT, stored.statusPath())).isEmpty();
        }
    }
}
