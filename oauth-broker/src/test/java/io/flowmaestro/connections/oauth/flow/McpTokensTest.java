package io.flowmaestro.connections.oauth.flow;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static io.flowmaestro.connections.oauth.flow.McpScript.TOKEN;
import static io.flowmaestro.connections.oauth.flow.McpScript.asked;
import static io.flowmaestro.connections.oauth.flow.McpScript.issuer;
import static io.flowmaestro.connections.oauth.flow.McpScript.server;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.flowmaestro.connections.oauth.refresh.RefreshService;
import io.flowmaestro.connections.oauth.testing.Calls;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.StoredCredential;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Tokens for MCP servers after the sign-in: handed out, renewed and ended as those of any provider. */
@QuarkusTest
class McpTokensTest extends ComponentTest {

    private static final String NEW_TOKENS =
            "{\"access_token\":\"new-at\",\"refresh_token\":\"new-rt\",\"token_type\":\"Bearer\",\"expires_in\":3600}";

    /** One for each test: an endpoint that refuses a client leaves that client alone for a while. */
    private static final AtomicReference<String> CLIENT = new AtomicReference<>("");

    @Inject
    RefreshService refreshes;

    @BeforeEach
    void answer() {
        CLIENT.set("client-" + UUID.randomUUID());
        Suite.peers().register(post(TOKEN).willReturn(Suite.json(200, NEW_TOKENS)));
    }

    /** As a sign-in has stored it. */
    private static StoredCredential stored(Instant issuedAt, Instant expiresAt, String refreshToken, String kind) {
        var stored = StoredCredential.of("mcp", "mcp-generic", """
                {"server_url":"%1$s","protocol":"http","auth_type":"oauth2","granted_at":1,"headers":{"X-Team":"7"},
                 "access_token":"old-at"%2$s,"token_type":"Bearer","issued_at":%3$d,"expires_at":%4$d,"scope":["files:read"],
                 "authorization":{"server_url":"%1$s","resource":"%1$s","issuer":"%5$s","authorization_endpoint":"%5$s/authorize",
                 "token_endpoint":"%5$s/token","revocation_endpoint":"%5$s/revoke","iss":false,"of_the_client":false,"kept":{},
                 "client":{"kind":"%6$s","id":"%7$s","secret":"the-secret","auth_method":"client_secret_post"}}}""".formatted(
                                server(),
                                refreshToken == null ? "" : ",\"refresh_token\":\"" + refreshToken + "\"",
                                issuedAt.toEpochMilli(),
                                expiresAt.toEpochMilli(),
                                issuer(),
                                kind,
                                CLIENT.get()))
                .store();
        Suite.peers()
                .register(put(stored.path())
                        .willReturn(Suite.json(200, "{\"success\":true,\"data\":{\"credential_generation\":2}}")));
        Suite.peers()
                .register(put(stored.statusPath())
                        .willReturn(Suite.json(200, "{\"success\":true,\"data\":{\"status\":\"expired\"}}")));
        return stored;
    }

    private static StoredCredential good() {
        var now = Instant.now();
        return stored(now.minusSeconds(600), now.plusSeconds(3000), "old-rt", "registered");
    }

    private static StoredCredential ended() {
        var now = Instant.now();
        return stored(now.minusSeconds(3700), now.minusSeconds(9), "old-rt", "registered");
    }

    private static ValidatableResponse accessToken(StoredCredential stored, String body) {
        return Calls.service("mcp-gateway")
                .contentType(ContentType.JSON)
                .body(body)
                .post("/internal/connections/{id}/access-token", stored.id())
                .then();
    }

    private static void assertRenewed(StoredCredential stored) throws Exception {
        assertThat(Suite.requests(RequestMethod.POST, TOKEN))
                .singleElement()
                .satisfies(request -> assertThat(Browser.query("http://x/?" + request.getBodyAsString()))
                        .containsEntry("grant_type", "refresh_token")
                        .containsEntry("refresh_token", "old-rt")
                        .containsEntry("resource", server())
                        .containsEntry("client_id", CLIENT.get())
                        .containsEntry("client_secret", "the-secret"));
        var written = new ObjectMapper()
                .readTree(Suite.requests(RequestMethod.PUT, stored.path())
                        .getFirst()
                        .getBodyAsString());
        assertThat(Suite.plaintext(written.path("envelope").path("ciphertext").asText()))
                .contains("new-at", "new-rt", "\"X-Team\":\"7\"", "\"granted_at\":1", "the-secret")
                .doesNotContain("old-rt");
    }

    @Nested
    class ForTheGateway {

        @Test
        void areGivenAsTheyAreWhileTheyAreGood() {
            accessToken(good(), "{}")
                    .statusCode(200)
                    .header("Cache-Control", "no-store")
                    .body("data.access_token", equalTo("old-at"))
                    .body("data.credential_version", equalTo(1))
                    .body("data.scope[0]", equalTo("files:read"))
                    .body("data.refresh_token", nullValue());
            assertThat(asked(RequestMethod.POST, TOKEN)).isZero();
        }

        @Test
        void areRenewedWhenTheyHaveEnded() throws Exception {
            var stored = ended();
            accessToken(stored, "{}").statusCode(200).body("data.access_token", equalTo("new-at"));
            assertRenewed(stored);
        }

        @Test
        void areRenewedWhenTheServerRefusesThem() throws Exception {
            var stored = good();
            accessToken(stored, "{\"refused_version\":1}")
                    .statusCode(200)
                    .body("data.access_token", equalTo("new-at"))
                    .body("data.credential_version", equalTo(2));
            assertRenewed(stored);
        }

        @Test
        void areGivenWithoutRenewingWhenAnOlderOneWasRefused() {
            accessToken(good().at(5, good().data()).store(), "{\"refused_version\":4}")
                    .statusCode(200)
                    .body("data.access_token", equalTo("old-at"));
            assertThat(asked(RequestMethod.POST, TOKEN)).isZero();
        }

        @Test
        void thatWereIssuedJustNowAreNotRenewedAgain() {
            var now = Instant.now();
            accessToken(stored(now, now.plusSeconds(3000), "old-rt", "registered"), "{\"refused_version\":1}")
                    .statusCode(409)
                    .body("code", equalTo("connection-not-refreshable"));
            assertThat(asked(RequestMethod.POST, TOKEN)).isZero();
        }

        @Test
        void withoutARefreshTokenCannotBeRenewed() {
            var now = Instant.now();
            accessToken(
                            stored(now.minusSeconds(600), now.plusSeconds(3000), null, "registered"),
                            "{\"refused_version\":1}")
                    .statusCode(409)
                    .body("code", equalTo("connection-not-refreshable"));
        }

        @Test
        void areNotThoseOfAConnectionThatHoldsNone() {
            var bearer = StoredCredential.of(
                            "mcp", "mcp-generic", "{\"server_url\":\"https://m\",\"auth_type\":\"bearer\"}")
                    .store();
            accessToken(bearer, "{}").statusCode(409);
        }

        @Test
        void areForItAlone() {
            var stored = good();
            for (String service : new String[] {"connection-registry", "credential-vault"}) {
                Calls.service(service)
                        .contentType(ContentType.JSON)
                        .body("{}")
                        .post("/internal/connections/{id}/access-token", stored.id())
                        .then()
                        .statusCode(403);
            }
            given().auth()
                    .oauth2(Tokens.user(Suite.ALICE))
                    .contentType(ContentType.JSON)
                    .body("{}")
                    .post("/internal/connections/{id}/access-token", stored.id())
                    .then()
                    .statusCode(403);
        }
    }

    @Nested
    class ForWorkers {

        @Test
        void areHandedOutWithoutWhatRenewsThem() {
            String body = Calls.worker()
                    .post("/api/credentials/{id}", ended().id())
                    .then()
                    .statusCode(200)
                    .body("data.type", equalTo("mcp"))
                    .body("data.access_token", equalTo("new-at"))
                    .body("data.apply.headers.Authorization", equalTo("Bearer new-at"))
                    .body("data.apply.headers.'X-Team'", equalTo("7"))
                    .body("data.apply.base_url", equalTo(server()))
                    .extract()
                    .asString();
            assertThat(body).doesNotContain("new-rt", "the-secret", "authorization\":{");
        }

        @Test
        void areRenewedWhenTheyAreReportedAsRefused() throws Exception {
            var stored = good();
            Calls.worker()
                    .body("{\"credential_version\":1}")
                    .post("/api/credentials/{id}/refused", stored.id())
                    .then()
                    .statusCode(200)
                    .body("data.outcome", equalTo("renewed"));
            assertRenewed(stored);
        }
    }

    @Nested
    class InTime {

        @Test
        void areRenewedBeforeTheyEnd() throws Exception {
            var now = Instant.now();
            var stored = stored(now.minusSeconds(3500), now.plusSeconds(60), "old-rt", "preregistered");
            assertThat(refreshes
                            .renewAhead(Suite.ALICE, stored.id(), "mcp-generic", Duration.ofMinutes(5))
                            .await()
                            .atMost(Duration.ofSeconds(20)))
                    .isTrue();
            assertRenewed(stored);
        }

        @Test
        void areRenewedWhenTheirUserWantsIt() throws Exception {
            var stored = good();
            given().auth()
                    .oauth2(Tokens.user(Suite.ALICE))
                    .post("/api/oauth/mcp/refresh/{id}", stored.id())
                    .then()
                    .statusCode(200);
            assertRenewed(stored);
        }
    }

    @Nested
    class Ending {

        @Test
        void withAClientThatWasRegisteredAndIsGone() {
            Suite.peers().register(post(TOKEN).willReturn(Suite.json(401, "{\"error\":\"invalid_client\"}")));
            var stored = ended();
            register();
            accessToken(stored, "{}").statusCode(409).body("code", equalTo("connection-not-active"));
            assertThat(Suite.requests(RequestMethod.PUT, stored.statusPath()))
                    .singleElement()
                    .satisfies(request -> assertThat(request.getBodyAsString()).contains("expired"));
            assertThat(registered()).isZero();
        }

        /** The registry was away when the former client was refused, and its user has signed in again since. */
        @Test
        void isNotThatOfANewClientForWhatWasSaidOfTheFormerOne() {
            Suite.peers().register(post(TOKEN).willReturn(Suite.json(401, "{\"error\":\"invalid_client\"}")));
            var stored = ended();
            Suite.peers().register(put(stored.statusPath()).willReturn(Suite.json(503, "{}")));
            accessToken(stored, "{}").statusCode(503);
            assertThat(attempts(stored, "answered")).isEqualTo(1);
            int marks = asked(RequestMethod.PUT, stored.statusPath());

            CLIENT.set("client-" + UUID.randomUUID());
            register();
            stored.at(2, good().data()).store();
            Suite.sql("update oauth.refresh_attempts set answered_at = now() - interval '1 minute'");

            await().atMost(Duration.ofSeconds(15)).until(() -> attempts(stored, "refused") == 1);
            assertThat(registered()).isEqualTo(1);
            assertThat(asked(RequestMethod.PUT, stored.statusPath())).isEqualTo(marks);
        }

        @Test
        void doesNotFollowWhereItsUserHasSignedInAgainMeanwhile() {
            var stored = ended().storeIn("again", Scenario.STARTED);
            stored.at(2, good().data()).storeIn("again", "signed in");
            Suite.peers()
                    .register(post(TOKEN)
                            .inScenario("again")
                            .willSetStateTo("signed in")
                            .willReturn(Suite.json(401, "{\"error\":\"invalid_client\"}")));
            register();

            accessToken(stored, "{}").statusCode(200).body("data.credential_version", equalTo(2));

            assertThat(registered()).isEqualTo(1);
            assertThat(asked(RequestMethod.PUT, stored.statusPath())).isZero();
        }

        private static void register() {
            Suite.sql("""
                    insert into oauth.mcp_clients (id, user_id, issuer, redirect_uri, client_id, envelope)
                    values (gen_random_uuid(), '%s', '%s', 'https://%s', '%s', '{}')
                    """.formatted(Suite.ALICE, issuer(), CLIENT.get(), CLIENT.get()));
        }

        private static long registered() {
            return Suite.count("select count(*) from oauth.mcp_clients where client_id = '" + CLIENT.get() + "'");
        }

        private static long attempts(StoredCredential stored, String state) {
            return Suite.count("select count(*) from oauth.refresh_attempts where connection_id = '" + stored.id()
                    + "' and state = '" + state + "'");
        }

        @Test
        void doesNotFollowFromARefusalOfAClientThatWasGiven() {
            Suite.peers().register(post(TOKEN).willReturn(Suite.json(401, "{\"error\":\"invalid_client\"}")));
            var now = Instant.now();
            var stored = stored(now.minusSeconds(3700), now.minusSeconds(9), "old-rt", "preregistered");
            accessToken(stored, "{}").statusCode(502).body("code", equalTo("provider-refused"));
            assertThat(asked(RequestMethod.PUT, stored.statusPath())).isZero();
        }

        @Test
        void concernsNobodyWhoseClientIsAnother() throws Exception {
            Suite.peers().register(post(TOKEN).willReturn(Suite.json(401, "{\"error\":\"invalid_client\"}")));
            var now = Instant.now();
            accessToken(stored(now.minusSeconds(3700), now.minusSeconds(9), "old-rt", "preregistered"), "{}")
                    .statusCode(502);
            answer();
            var other = ended();
            accessToken(other, "{}").statusCode(200).body("data.access_token", equalTo("new-at"));
        }
    }

    @Nested
    class OfAClient {

        @BeforeEach
        void protect() {
            McpScript.usual();
        }

        private ValidatableResponse connect(String client) {
            return given().auth()
                    .oauth2(Tokens.user(Suite.ALICE))
                    .contentType(ContentType.JSON)
                    .body("{\"server_url\":\"%s\",\"client\":%s}".formatted(server(), client))
                    .post("/api/oauth/mcp/connect")
                    .then();
        }

        @Test
        void areAskedForByTheClientThatTheUserBrings() {
            connect("{\"client_id\":\"machine\",\"client_secret\":\"s3cret\"}").statusCode(201);
            assertThat(Suite.requests(RequestMethod.POST, TOKEN))
                    .singleElement()
                    .satisfies(request -> {
                        assertThat(Browser.query("http://x/?" + request.getBodyAsString()))
                                .containsEntry("grant_type", "client_credentials")
                                .containsEntry("resource", server())
                                .containsEntry("scope", "files:read");
                        assertThat(request.getHeader("Authorization")).startsWith("Basic ");
                    });
        }

        @Test
        void needOne() {
            connect("{\"client_id\":\"machine\"}").statusCode(400).body("code", equalTo("parameter-invalid"));
            assertThat(asked(RequestMethod.POST, TOKEN)).isZero();
        }
    }
}
