package io.flowmaestro.connections.oauth.revocation;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.StoredCredential;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.Peers;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class RevocationTest extends ComponentTest {

    private static final String REVOKE = "/acme/revoke";

    @Inject
    RevocationSchedule schedule;

    private static StoredCredential lasting() {
        Instant now = Instant.now();
        return StoredCredential.oauth("the-at", "the-rt", now, now.plusSeconds(3600));
    }

    private static void provider(String revoke) {
        Suite.catalogued("acme", """
                {"oauth2":{"authorize":"%1$s/acme/authorize","token":"%1$s/acme/token"%2$s}}""".formatted(Peers.url(), revoke.formatted(Peers.url())));
    }

    private static void withRevocation(boolean endsGrant) {
        provider(",\"revoke\":{\"method\":\"POST\",\"url\":\"%s/acme/revoke\",\"auth\":\"body\",\"ends_grant\":"
                + endsGrant + "}");
    }

    private static void queued(StoredCredential stored, boolean othersLive) {
        String entry = """
                {"id":"%s","user_id":"%s","provider":"acme","credential_generation":3,"envelope":%s}""".formatted(stored.id(), Suite.ALICE, Suite.envelope(stored.data()));
        standing(stored, true, othersLive);
        Suite.peers()
                .register(post("/internal/revocations/claim")
                        .inScenario("queue")
                        .whenScenarioStateIs(Scenario.STARTED)
                        .willSetStateTo("taken")
                        .willReturn(Suite.json(200, "{\"success\":true,\"data\":{\"connections\":[" + entry + "]}}")));
        Suite.peers()
                .register(put("/internal/connections/" + stored.id() + "/revocation")
                        .willReturn(Suite.json(200, "{\"success\":true,\"data\":{\"pending\":false}}")));
    }

    private static void standing(StoredCredential stored, boolean inHand, boolean othersLive) {
        Suite.peers()
                .register(put(lookPath(stored))
                        .willReturn(Suite.json(
                                200,
                                "{\"success\":true,\"data\":{\"in_hand\":%s,\"others_live\":%s}}"
                                        .formatted(inHand, othersLive))));
    }

    private static String lookPath(StoredCredential stored) {
        return "/internal/connections/" + stored.id() + "/revocation/claim";
    }

    private static void answer(ResponseDefinitionBuilder answer) {
        Suite.peers().register(post(REVOKE).willReturn(answer));
    }

    private void work() {
        schedule.ofConnections().await().atMost(Duration.ofSeconds(20));
    }

    private static String reported(StoredCredential stored) {
        return Suite.requests(RequestMethod.PUT, "/internal/connections/" + stored.id() + "/revocation")
                .getFirst()
                .getBodyAsString();
    }

    @Nested
    class Queue {

        @Test
        void isWorkedOffAtTheProvider() {
            withRevocation(false);
            answer(Suite.json(200, ""));
            var stored = lasting();
            queued(stored, true);
            work();
            assertThat(Suite.requests(RequestMethod.POST, REVOKE))
                    .singleElement()
                    .satisfies(request -> assertThat(request.getBodyAsString()).contains("the-rt"));
            assertThat(reported(stored)).contains("\"revoked\"", "\"credential_generation\":3");
        }

        @Test
        void keepsWhatTheProviderCouldNotBeToldForLater() {
            withRevocation(false);
            answer(Suite.json(503, "").withHeader("Retry-After", "40"));
            var stored = lasting();
            queued(stored, false);
            work();
            assertThat(reported(stored)).contains("\"retry\"", "\"retry_after_seconds\":40");
        }

        @Test
        void leavesAProviderAloneThatWouldEndTheUsersOtherConnections() {
            withRevocation(true);
            answer(Suite.json(200, ""));
            var stored = lasting();
            queued(stored, true);
            work();
            assertThat(Suite.requests(RequestMethod.POST, REVOKE)).isEmpty();
            assertThat(reported(stored)).contains("not_offered");
        }

        @Test
        void endsTheWholeGrantWhereNothingElseHangsOnIt() {
            withRevocation(true);
            answer(Suite.json(200, ""));
            var stored = lasting();
            queued(stored, false);
            work();
            assertThat(Suite.requests(RequestMethod.POST, REVOKE)).hasSize(1);
            assertThat(reported(stored)).contains("\"revoked\"");
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void leavesAConnectionAloneThatWasMadeAnewSinceItWasClaimed(boolean endsGrant) {
            withRevocation(endsGrant);
            answer(Suite.json(200, ""));
            var stored = lasting();
            queued(stored, false);
            standing(stored, false, false);
            work();
            assertThat(Suite.requests(RequestMethod.PUT, lookPath(stored)))
                    .singleElement()
                    .satisfies(look -> assertThat(look.getBodyAsString())
                            .contains("\"credential_generation\":3", "\"claim_seconds\":120"));
            assertThat(Suite.requests(RequestMethod.POST, REVOKE)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {404, 503})
        void waitsWhereNobodyCanSayHowTheConnectionStands(int status) {
            withRevocation(true);
            answer(Suite.json(200, ""));
            var stored = lasting();
            queued(stored, false);
            Suite.peers().register(put(lookPath(stored)).willReturn(Suite.json(status, "{}")));
            work();
            assertThat(Suite.requests(RequestMethod.POST, REVOKE)).isEmpty();
            assertThat(Suite.requests(RequestMethod.PUT, "/internal/connections/" + stored.id() + "/revocation"))
                    .as("the claim lapses, and somebody tries again")
                    .isEmpty();
        }

        @Test
        void saysSoOfAProviderWithoutRevocation() {
            provider("");
            var stored = lasting();
            queued(stored, false);
            work();
            assertThat(reported(stored)).contains("not_offered");
        }
    }

    @Nested
    class OfMcpServers {

        private static StoredCredential signedIn() {
            return StoredCredential.of("mcp", "acme", """
                    {"server_url":"%1$s/mcp","auth_type":"oauth2","access_token":"mcp-at","refresh_token":"mcp-rt","authorization":{
                     "server_url":"%1$s/mcp","resource":"%1$s/mcp","issuer":"%1$s/as","authorization_endpoint":"%1$s/as/a",
                     "token_endpoint":"%1$s/as/t","revocation_endpoint":"%1$s/as/revoke","kept":{},
                     "client":{"kind":"registered","id":"mcp-client","secret":"mcp-secret","auth_method":"client_secret_post"}}}""".formatted(Peers.url()));
        }

        @Test
        void isToldToWhoeverIssuedTheTokensAndNotToAProviderOfTheSameName() {
            withRevocation(false);
            answer(Suite.json(200, ""));
            Suite.peers().register(post("/as/revoke").willReturn(Suite.json(200, "")));
            var stored = signedIn();
            queued(stored, false);
            work();
            assertThat(Suite.requests(RequestMethod.POST, REVOKE)).isEmpty();
            assertThat(Suite.requests(RequestMethod.POST, "/as/revoke"))
                    .singleElement()
                    .satisfies(request -> assertThat(request.getBodyAsString())
                            .contains("token=mcp-rt", "client_id=mcp-client", "client_secret=mcp-secret"));
            assertThat(reported(stored)).contains("\"revoked\"");
        }

        @Test
        void isForThoseThatWereSignedInTo() {
            var stored = signedIn().store();
            Suite.peers()
                    .register(put(stored.statusPath()).willReturn(Suite.json(200, "{\"success\":true,\"data\":{}}")));
            revoke(stored).statusCode(200);
            var bearer = StoredCredential.of(
                            "mcp",
                            "acme",
                            "{\"server_url\":\"https://m\",\"auth_type\":\"bearer\",\"bearer_token\":\"b\"}")
                    .store();
            revoke(bearer).statusCode(409).body("code", equalTo("connection-not-refreshable"));
        }

        private io.restassured.response.ValidatableResponse revoke(StoredCredential stored) {
            return given().auth()
                    .oauth2(Tokens.user(Suite.ALICE))
                    .post("/api/oauth/mcp/revoke/{id}", stored.id())
                    .then();
        }
    }

    @Nested
    class Revoke {

        private io.restassured.response.ValidatableResponse revoke(StoredCredential stored, String provider) {
            return given().auth()
                    .oauth2(Tokens.user(Suite.ALICE))
                    .post("/api/oauth/{provider}/revoke/{id}", provider, stored.id())
                    .then();
        }

        @Test
        void marksTheConnectionAtOnce() {
            var stored = lasting().store();
            Suite.peers()
                    .register(put(stored.statusPath()).willReturn(Suite.json(200, "{\"success\":true,\"data\":{}}")));
            revoke(stored, "acme").statusCode(200).body("data.status", equalTo("revoked"));
            assertThat(Suite.requests(RequestMethod.PUT, stored.statusPath()))
                    .singleElement()
                    .satisfies(mark -> assertThat(mark.getBodyAsString())
                            .contains("\"revoked\"", "\"expected_credential_generation\":1"));
        }

        @Test
        void winsOverARefreshAtTheSameMoment() {
            var stored = lasting().store();
            Suite.peers()
                    .register(put(stored.statusPath())
                            .inScenario("moved")
                            .whenScenarioStateIs(Scenario.STARTED)
                            .willSetStateTo("settled")
                            .willReturn(Suite.json(409, "{}")));
            Suite.peers()
                    .register(put(stored.statusPath())
                            .inScenario("moved")
                            .whenScenarioStateIs("settled")
                            .willReturn(Suite.json(200, "{\"success\":true,\"data\":{}}")));
            revoke(stored, "acme").statusCode(200);
        }

        @Test
        void isForOAuthConnectionsOfThisProvider() {
            revoke(lasting().store(), "other").statusCode(404).body("code", equalTo("connection-not-found"));
            revoke(StoredCredential.of("api_key", "acme", "{\"api_key\":\"k\"}").store(), "acme")
                    .statusCode(409)
                    .body("code", equalTo("connection-not-refreshable"));
        }
    }
}
