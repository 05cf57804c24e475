package io.flowmaestro.connections.oauth.refresh;

import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.MOVED;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.RACE;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.ROTATED;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.attempts;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.due;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.expired;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.force;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.heldLeases;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.json;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.lasting;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.leases;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.marking;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.published;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.publishing;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.use;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.StoredCredential;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class RefreshTest extends ComponentTest {

    @Inject
    ProviderHealth health;

    /** What one test did to the provider is no concern of the next. */
    @BeforeEach
    void forgetFaults() {
        health.answered(Refreshing.ACME);
    }

    @Nested
    class OnDemand {

        @Test
        void leavesATokenAloneThatIsNotDue() {
            use(lasting().store()).then().statusCode(200).body("data.access_token", equalTo("old-at"));
            assertThat(Suite.tokenRequests()).isZero();
        }

        @Test
        void renewsADueTokenAndPublishesItAtTheGenerationItStarted() {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            var stored = due().store();
            publishing(stored);
            use(stored)
                    .then()
                    .statusCode(200)
                    .body("data.access_token", equalTo("new-at"))
                    .body("data.credential_version", equalTo(2))
                    .body("data.expires_at", notNullValue());
            JsonNode write = published(stored);
            assertThat(write.path("expected_credential_generation").asLong()).isEqualTo(1);
            assertThat(UUID.fromString(write.path("attempt_id").asText())).isNotNull();
            assertThat(write.path("refreshable").booleanValue()).isTrue();
            JsonNode data = json(
                    Suite.plaintext(write.path("envelope").path("ciphertext").asText()));
            assertThat(data.path("refresh_token").asText()).isEqualTo("new-rt");
            assertThat(data.path("scope").toString()).isEqualTo("[\"basic\"]");
            assertThat(Instant.parse(write.path("expires_at").asText()))
                    .isAfter(Instant.now().plusSeconds(3000));
            assertThat(leases(stored)).isZero();
        }

        @Test
        void tellsTheRegistryOfOtherScopesAndOfNoneWhereTheReplyNamesNone() {
            Suite.tokenAnswer(Suite.json(200, ROTATED.replace("{", "{\"scope\":\"read write\",")));
            var narrowed = expired().store();
            publishing(narrowed);
            use(narrowed).then().statusCode(200);
            assertThat(published(narrowed).path("metadata").toString()).isEqualTo("{\"scopes\":[\"read\",\"write\"]}");

            Suite.tokenAnswer(Suite.json(200, ROTATED));
            var silent = expired().store();
            publishing(silent);
            use(silent).then().statusCode(200);
            assertThat(published(silent).path("metadata").toString()).isEqualTo("{}");
        }

        @Test
        void keepsTheOldRefreshTokenWhereTheReplyHasNone() {
            Suite.tokenAnswer(Suite.json(200, "{\"access_token\":\"new-at\"}"));
            var stored = expired().store();
            publishing(stored);
            use(stored).then().statusCode(200).body("data.access_token", equalTo("new-at"));
            JsonNode write = published(stored);
            assertThat(write.has("expires_at")).as("the old lifetime again").isTrue();
            assertThat(Suite.plaintext(write.path("envelope").path("ciphertext").asText()))
                    .contains("\"old-rt\"");
        }

        @Test
        void callsTheProviderOnceFor32CallersAtOnce() throws Exception {
            Suite.tokenAnswer(Suite.json(200, ROTATED).withFixedDelay(300));
            var stored = expired();
            stored.storeIn(RACE, Scenario.STARTED);
            stored.at(
                            2,
                            StoredCredential.tokens(
                                    "new-at",
                                    "new-rt",
                                    Instant.now(),
                                    Instant.now().plusSeconds(3600)))
                    .storeIn(RACE, MOVED);
            Suite.peers()
                    .register(put(stored.path())
                            .inScenario(RACE)
                            .willSetStateTo(MOVED)
                            .willReturn(Suite.json(200, "{\"success\":true,\"data\":{\"credential_generation\":2}}")));
            List<Callable<String>> callers = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                callers.add(() -> use(stored).path("data.access_token"));
            }
            try (var threads = Executors.newFixedThreadPool(32)) {
                for (var answer : threads.invokeAll(callers)) {
                    assertThat(answer.get()).isEqualTo("new-at");
                }
            }
            assertThat(Suite.tokenRequests()).isEqualTo(1);
            assertThat(Suite.requests(RequestMethod.PUT, stored.path())).hasSize(1);
        }

        @Test
        void servesATokenThatIsGoodWhateverIsAmissWithItsProvider() {
            Suite.catalogued(
                    "nobodys", "{\"oauth2\":{\"authorize\":\"https://a.example\",\"token\":\"https://a.example\"}}");
            var now = Instant.now();
            var stored = StoredCredential.of(
                            "oauth2",
                            "nobodys",
                            "{\"access_token\":\"old-at\",\"issued_at\":%d,\"expires_at\":%d}"
                                    .formatted(
                                            now.minusSeconds(3400).toEpochMilli(),
                                            now.plusSeconds(200).toEpochMilli()))
                    .store();
            use(stored).then().statusCode(200).body("data.access_token", equalTo("old-at"));
        }

        /** The tokens are stored all the same: a deletion can be taken back. */
        @Test
        void handsNothingOutOfAConnectionThatWasDeletedMeanwhile() {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            var stored = expired().storeIn(RACE, Scenario.STARTED);
            publishingThenMoving(stored);
            use(stored).then().statusCode(404).body("code", equalTo("connection-not-found"));
            assertThat(Suite.requests(RequestMethod.PUT, stored.path())).hasSize(1);
            assertThat(attempts(stored, "published")).isEqualTo(1);
        }

        @Test
        void handsNothingOutOfAConnectionThatWasRevokedMeanwhile() {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            var stored = expired().storeIn(RACE, Scenario.STARTED);
            stored.withStatus("revoked").storeIn(RACE, MOVED);
            publishingThenMoving(stored);
            use(stored).then().statusCode(409).body("code", equalTo("connection-not-active"));
        }

        private void publishingThenMoving(StoredCredential stored) {
            Suite.peers()
                    .register(put(stored.path())
                            .inScenario(RACE)
                            .whenScenarioStateIs(Scenario.STARTED)
                            .willSetStateTo(MOVED)
                            .willReturn(Suite.json(200, "{\"success\":true,\"data\":{\"credential_generation\":2}}")));
        }

        @Test
        void marksAConnectionWithoutRefreshTokenAsExpiredWhenItsTokenHasEnded() {
            var stored = StoredCredential.of(
                            "oauth2",
                            "acme",
                            "{\"access_token\":\"old-at\",\"expires_at\":"
                                    + Instant.now().minusSeconds(9).toEpochMilli() + "}")
                    .store();
            marking(stored);
            use(stored).then().statusCode(409).body("code", equalTo("connection-not-active"));
            var writes = Suite.requests(RequestMethod.PUT, stored.statusPath());
            assertThat(writes).hasSize(1);
            assertThat(json(writes.getFirst().getBodyAsString()).path("status").asText())
                    .isEqualTo("expired");
            assertThat(Suite.tokenRequests()).isZero();
        }
    }

    @Nested
    class Faults {

        @Test
        void ofADeadGrantExpireTheConnection() {
            Suite.tokenAnswer(
                    Suite.json(400, "{\"error\":\"invalid_grant\",\"error_description\":\"upstream-secret\"}"));
            var stored = expired().store();
            marking(stored);
            use(stored)
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("connection-not-active"))
                    .body("detail", containsString("Reconnect"))
                    .body("detail", org.hamcrest.Matchers.not(containsString("upstream-secret")));
            JsonNode mark = json(Suite.requests(RequestMethod.PUT, stored.statusPath())
                    .getFirst()
                    .getBodyAsString());
            assertThat(mark.path("status").asText()).isEqualTo("expired");
            assertThat(mark.path("expected_credential_generation").asLong()).isEqualTo(1);
            assertThat(mark.path("status_reason").asText()).contains("invalid_grant");
        }

        @ParameterizedTest
        @ValueSource(ints = {429, 500, 503})
        void ofTheMomentLeaveAGoodTokenInUse(int status) {
            Suite.tokenAnswer(Suite.json(status, "{\"error\":\"invalid_grant\"}"));
            var stored = due().store();
            use(stored).then().statusCode(200).body("data.access_token", equalTo("old-at"));
            assertThat(Suite.requests(RequestMethod.PUT, stored.statusPath())).isEmpty();
            assertThat(heldLeases(stored)).isZero();
            assertThat(attempts(stored, "failed")).isEqualTo(1);
        }

        @Test
        void ofTheMomentAreShownWhereTheTokenHasEnded() {
            Suite.tokenAnswer(Suite.json(429, "upstream-secret").withHeader("Retry-After", "17"));
            var stored = expired().store();
            use(stored)
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "17")
                    .body("code", equalTo("provider-unavailable"))
                    .body("detail", org.hamcrest.Matchers.not(containsString("upstream-secret")));
            assertThat(Suite.requests(RequestMethod.PUT, stored.statusPath())).isEmpty();
        }

        @Test
        void ofTheMomentAreNoRefusalsWhateverTheStatusSays() {
            Suite.tokenAnswer(Suite.json(200, "{\"error\":\"temporarily_unavailable\"}"));
            var stored = expired().store();
            use(stored).then().statusCode(503).body("code", equalTo("provider-unavailable"));
            assertThat(Suite.requests(RequestMethod.PUT, stored.statusPath())).isEmpty();
        }

        @Test
        void ofAProviderThatIsLeftAloneKeepNobodyFromATokenThatIsGood() {
            Suite.tokenAnswer(Suite.json(429, "").withHeader("Retry-After", "30"));
            use(expired().store()).then().statusCode(503);
            use(due().store()).then().statusCode(200).body("data.access_token", equalTo("old-at"));
            assertThat(Suite.tokenRequests()).isEqualTo(1);
        }

        @Test
        void ofTokensWithLineBreaksLeaveTheConnectionAlone() {
            Suite.tokenAnswer(Suite.json(200, "{\"access_token\":\"new-at\\r\\nX-Admin: 1\",\"expires_in\":3600}"));
            var stored = expired().store();
            use(stored).then().statusCode(503).body("code", equalTo("provider-unavailable"));
            assertThat(Suite.requests(RequestMethod.PUT, stored.path())).isEmpty();
            assertThat(Suite.requests(RequestMethod.PUT, stored.statusPath())).isEmpty();
        }

        @Test
        void ofTheClientLeaveTheConnectionAlone() {
            Suite.tokenAnswer(Suite.json(401, "{\"error\":\"invalid_client\"}"));
            var stored = expired().store();
            use(stored).then().statusCode(502).body("code", equalTo("provider-refused"));
            assertThat(Suite.requests(RequestMethod.PUT, stored.statusPath())).isEmpty();
        }

        @Test
        void ofTheRegistryAfterTheAnswerAreRiddenOut() {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            var stored = expired().store();
            ResponseDefinitionBuilder written =
                    Suite.json(200, "{\"success\":true,\"data\":{\"credential_generation\":2}}");
            Suite.peers()
                    .register(put(stored.path())
                            .inScenario("away")
                            .whenScenarioStateIs(Scenario.STARTED)
                            .willReturn(Suite.json(503, "{}"))
                            .willSetStateTo("back"));
            Suite.peers()
                    .register(put(stored.path())
                            .inScenario("away")
                            .whenScenarioStateIs("back")
                            .willReturn(written));
            use(stored).then().statusCode(200).body("data.access_token", equalTo("new-at"));
            var writes = Suite.requests(RequestMethod.PUT, stored.path());
            assertThat(writes).hasSize(2);
            assertThat(json(writes.get(0).getBodyAsString()).path("attempt_id"))
                    .isEqualTo(json(writes.get(1).getBodyAsString()).path("attempt_id"));
            assertThat(Suite.tokenRequests()).isEqualTo(1);
        }
    }

    @Nested
    class Forced {

        @Test
        void renewsATokenThatIsNotDueAndShowsNoToken() {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            var stored = lasting().store();
            publishing(stored);
            Response response = force(stored);
            response.then()
                    .statusCode(200)
                    .body("data.connection_id", equalTo(stored.id().toString()))
                    .body("data.credential_version", equalTo(2));
            assertThat(response.asString()).doesNotContain("new-at", "new-rt");
        }

        @Test
        void showsAProvidersFaultEvenWhileTheTokenIsGood() {
            Suite.tokenAnswer(Suite.json(500, ""));
            force(lasting().store()).then().statusCode(503).body("code", equalTo("provider-unavailable"));
        }

        @Test
        void servesAnExpiredConnectionWhichTheRegistryThenBringsBack() {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            var stored = expired().withStatus("expired").store();
            publishing(stored);
            force(stored).then().statusCode(200).body("data.status", equalTo("active"));
            assertThat(Suite.requests(RequestMethod.PUT, stored.path())).hasSize(1);
        }

        @Test
        void isRefusedForARevokedConnection() {
            force(lasting().withStatus("revoked").store())
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("connection-not-active"));
        }

        @Test
        void isRefusedWhereThereIsNothingToRefresh() {
            force(StoredCredential.of("api_key", "acme", "{\"api_key\":\"k\"}").store())
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("connection-not-refreshable"));
            force(StoredCredential.of("oauth2", "acme", "{\"access_token\":\"at\"}")
                            .store())
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("connection-not-refreshable"));
        }

        @Test
        void findsNothingUnderAnotherProviderOrForAnotherUser() {
            var stored = lasting().store();
            given().auth()
                    .oauth2(Tokens.user(Suite.ALICE))
                    .post("/api/oauth/other/refresh/{id}", stored.id())
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("connection-not-found"));
            given().auth()
                    .oauth2(Tokens.user(Suite.BOB))
                    .post("/api/oauth/acme/refresh/{id}", stored.id())
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("connection-not-found"));
        }

        @Test
        void isForUsersOnly() {
            given().auth()
                    .oauth2(Tokens.worker())
                    .header("X-On-Behalf-Of", Suite.ALICE.toString())
                    .post("/api/oauth/acme/refresh/{id}", UUID.randomUUID())
                    .then()
                    .statusCode(403);
        }
    }
}
