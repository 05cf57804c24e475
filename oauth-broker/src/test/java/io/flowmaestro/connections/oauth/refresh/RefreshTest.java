package io.flowmaestro.connections.oauth.refresh;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.StoredCredential;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class RefreshTest extends ComponentTest {

    private static final Instant NOW = Instant.now();
    private static final String ROTATED =
            "{\"access_token\":\"new-at\",\"refresh_token\":\"new-rt\",\"token_type\":\"Bearer\",\"expires_in\":3600}";
    private static final String RACE = "race";
    private static final String MOVED = "moved";

    private static StoredCredential expired() {
        return StoredCredential.oauth("old-at", "old-rt", NOW.minusSeconds(3700), NOW.minusSeconds(100));
    }

    /** Within the margin, and good for a while. */
    private static StoredCredential due() {
        return StoredCredential.oauth("old-at", "old-rt", NOW.minusSeconds(3400), NOW.plusSeconds(200));
    }

    private static StoredCredential lasting() {
        return StoredCredential.oauth("old-at", "old-rt", NOW, NOW.plusSeconds(3600));
    }

    private static StoredCredential newer(StoredCredential stored) {
        return stored.at(2, StoredCredential.tokens("winners-at", "winners-rt", NOW, NOW.plusSeconds(3600)));
    }

    /** The registry at generation 1 until {@code moves} happens, then at 2 with somebody else's tokens. */
    private static StoredCredential moving(StoredCredential stored) {
        newer(stored).storeIn(RACE, MOVED);
        return stored.storeIn(RACE, Scenario.STARTED);
    }

    private static void publishing(StoredCredential stored) {
        Suite.peers()
                .register(put(stored.path())
                        .willReturn(Suite.json(200, "{\"success\":true,\"data\":{\"credential_generation\":2}}")));
    }

    private static void marking(StoredCredential stored) {
        Suite.peers().register(put(stored.statusPath()).willReturn(Suite.json(200, "{\"success\":true,\"data\":{}}")));
    }

    private static Response use(StoredCredential stored) {
        return given().auth()
                .oauth2(Tokens.worker())
                .contentType(ContentType.JSON)
                .header("X-On-Behalf-Of", Suite.ALICE.toString())
                .post("/api/credentials/{id}", stored.id());
    }

    private static Response force(StoredCredential stored) {
        return given().auth().oauth2(Tokens.user(Suite.ALICE)).post("/api/oauth/acme/refresh/{id}", stored.id());
    }

    private static JsonNode published(StoredCredential stored) {
        var writes = Suite.requests(RequestMethod.PUT, stored.path());
        assertThat(writes).hasSize(1);
        return json(writes.getFirst().getBodyAsString());
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException broken) {
            throw new AssertionError(broken);
        }
    }

    private static void leased(StoredCredential stored, String deadline) {
        Suite.sql("insert into oauth.refresh_leases values ('%s', '%s', '%s', 1, clock_timestamp() + interval '%s')"
                .formatted(stored.id(), Suite.ALICE, UUID.randomUUID(), deadline));
    }

    private static long leases(StoredCredential stored) {
        return Suite.count("select count(*) from oauth.refresh_leases where connection_id = '" + stored.id() + "'");
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
            assertThat(Instant.parse(write.path("expires_at").asText())).isAfter(NOW.plusSeconds(3000));
            assertThat(leases(stored)).isZero();
        }

        @Test
        void keepsTheOldRefreshTokenWhereTheReplyHasNone() {
            Suite.tokenAnswer(Suite.json(200, "{\"access_token\":\"new-at\"}"));
            var stored = expired().store();
            publishing(stored);
            use(stored).then().statusCode(200).body("data.access_token", equalTo("new-at"));
            JsonNode write = published(stored);
            assertThat(write.has("expires_at")).isFalse();
            assertThat(Suite.plaintext(write.path("envelope").path("ciphertext").asText()))
                    .contains("\"old-rt\"");
        }

        @Test
        void callsTheProviderOnceFor32CallersAtOnce() throws Exception {
            Suite.tokenAnswer(Suite.json(200, ROTATED).withFixedDelay(300));
            var stored = expired();
            stored.storeIn(RACE, Scenario.STARTED);
            stored.at(2, StoredCredential.tokens("new-at", "new-rt", NOW, NOW.plusSeconds(3600)))
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
        void marksAConnectionWithoutRefreshTokenAsExpiredWhenItsTokenHasEnded() {
            var stored = StoredCredential.of(
                            "oauth2",
                            "acme",
                            "{\"access_token\":\"old-at\",\"expires_at\":"
                                    + NOW.minusSeconds(9).toEpochMilli() + "}")
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
    class Leases {

        @Test
        void heldByAnotherReplicaAreWaitedForAndItsTokensServed() {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            var stored = expired().store();
            leased(stored, "30 seconds");
            var answer = CompletableFuture.supplyAsync(() -> use(stored));
            await().pollDelay(Duration.ofMillis(600)).until(() -> !answer.isDone());
            newer(stored).store();
            answer.join()
                    .then()
                    .statusCode(200)
                    .body("data.access_token", equalTo("winners-at"))
                    .body("data.credential_version", equalTo(2));
            assertThat(Suite.tokenRequests()).isZero();
            assertThat(Suite.requests(RequestMethod.PUT, stored.path())).isEmpty();
        }

        @Test
        void thatHaveLapsedAreTakenOver() {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            var stored = expired().store();
            publishing(stored);
            leased(stored, "-1 second");
            use(stored).then().statusCode(200).body("data.access_token", equalTo("new-at"));
            assertThat(Suite.tokenRequests()).isEqualTo(1);
        }

        @Test
        void thatLapseWhileOneWaitsAreTakenOver() {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            var stored = expired().store();
            publishing(stored);
            leased(stored, "700 milliseconds");
            use(stored).then().statusCode(200).body("data.access_token", equalTo("new-at"));
        }

        @Test
        void heldByAnotherReplicaDoNotKeepBackATokenThatIsStillGood() {
            var stored = due().store();
            leased(stored, "30 seconds");
            use(stored).then().statusCode(200).body("data.access_token", equalTo("old-at"));
            assertThat(Suite.tokenRequests()).isZero();
        }

        @Test
        void areKeptUntilTheyLapseWhenTheProvidersAnswerIsLost() {
            Suite.tokenAnswer(Suite.json(200, ROTATED).withFixedDelay(2500));
            var stored = due().store();
            use(stored).then().statusCode(200).body("data.access_token", equalTo("old-at"));
            assertThat(leases(stored)).isEqualTo(1);
            use(stored).then().statusCode(200).body("data.access_token", equalTo("old-at"));
            assertThat(Suite.tokenRequests()).isEqualTo(1);
        }
    }

    @Nested
    class Generations {

        @Test
        void thatMovedBeforeTheClaimKeepTheProviderFromBeingCalled() {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            var stored = expired();
            Suite.peers()
                    .register(stored.read()
                            .inScenario(RACE)
                            .whenScenarioStateIs(Scenario.STARTED)
                            .willSetStateTo(MOVED));
            newer(stored).storeIn(RACE, MOVED);
            use(stored).then().statusCode(200).body("data.access_token", equalTo("winners-at"));
            assertThat(Suite.tokenRequests()).isZero();
            assertThat(leases(stored)).isZero();
        }

        @Test
        void thatMovedDuringTheCallAreServedAndNotOverwritten() {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            var stored = moving(expired());
            Suite.peers()
                    .register(put(stored.path())
                            .inScenario(RACE)
                            .willSetStateTo(MOVED)
                            .willReturn(Suite.json(409, "{\"code\":\"credential-generation-moved\"}")));
            use(stored)
                    .then()
                    .statusCode(200)
                    .body("data.access_token", equalTo("winners-at"))
                    .body("data.credential_version", equalTo(2));
            assertThat(Suite.requests(RequestMethod.PUT, stored.path())).hasSize(1);
        }

        @Test
        void thatMovedAreNotExpiredByADeadGrant() {
            var stored = moving(expired());
            Suite.peers()
                    .register(post(Suite.TOKEN_PATH)
                            .inScenario(RACE)
                            .willSetStateTo(MOVED)
                            .willReturn(Suite.json(400, "{\"error\":\"invalid_grant\"}")));
            use(stored).then().statusCode(200).body("data.access_token", equalTo("winners-at"));
            assertThat(Suite.requests(RequestMethod.PUT, stored.statusPath())).isEmpty();
        }

        @Test
        void thatMoveBetweenTheLookAndTheMarkAreServed() {
            Suite.tokenAnswer(Suite.json(400, "{\"error\":\"invalid_grant\"}"));
            var stored = moving(expired());
            Suite.peers()
                    .register(put(stored.statusPath())
                            .inScenario(RACE)
                            .willSetStateTo(MOVED)
                            .willReturn(Suite.json(409, "{}")));
            use(stored).then().statusCode(200).body("data.access_token", equalTo("winners-at"));
        }

        @Test
        void thatMovedToARevokedConnectionServeNothing() {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            var stored = due();
            stored.storeIn(RACE, Scenario.STARTED);
            newer(stored).withStatus("revoked").storeIn(RACE, MOVED);
            Suite.peers()
                    .register(put(stored.path())
                            .inScenario(RACE)
                            .willSetStateTo(MOVED)
                            .willReturn(Suite.json(409, "{}")));
            use(stored).then().statusCode(409).body("code", equalTo("connection-not-active"));
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
            assertThat(leases(stored)).isZero();
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
