package io.flowmaestro.connections.registry.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.flowmaestro.connections.registry.Registry.ALICE;
import static io.flowmaestro.connections.registry.Registry.BOB;
import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.broker;
import static io.flowmaestro.connections.registry.Registry.peers;
import static io.flowmaestro.connections.registry.Registry.service;
import static io.flowmaestro.connections.registry.Registry.sql;
import static io.flowmaestro.connections.registry.Registry.stored;
import static io.flowmaestro.connections.registry.Registry.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.flowmaestro.connections.testing.Peers;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The provider {@code testable} is a file of the operator's own whose address is the scripted server. */
@RegistryTest
class ConnectionTestTest {

    private static final String VERIFY = "/provider/me";

    @BeforeEach
    void peersWork() throws Exception {
        Registry.peersThatWork();
        Registry.provider("testable", """
                key: testable
                name: Testable
                category: developer
                methods:
                  api_key:
                    base: %s/provider
                    header: {Authorization: "Bearer {key}"}
                    verify: {method: GET, path: /me, expect: 200}
                    account: {id: id, name: login}
                """.formatted(Peers.url()));
        peers().register(post(WireMock.urlPathMatching("/internal/connections/.+/credential-for-test"))
                .willReturn(aResponse()
                        .withHeader("Content-Type", "application/json")
                        .withBody("""
                                {"success": true, "data": {"type": "api_key", "api_key": "sk-canary-1",
                                 "expires_at": null, "credential_version": 1, "apply": {"headers": {}}}}""")));
    }

    private static void provider(int status, String body) {
        peers().register(get(urlPathEqualTo(VERIFY))
                .willReturn(aResponse()
                        .withStatus(status)
                        .withHeader("Content-Type", "application/json")
                        .withBody(body)));
    }

    private static ValidatableResponse test(String id) {
        return as(ALICE).post("/api/connections/{id}/test", id).then();
    }

    private static int asked() {
        return peers().find(getRequestedFor(urlPathEqualTo(VERIFY))).size();
    }

    @Nested
    class OnDemand {

        @Test
        void saysThatTheCredentialWorksAndWhose() {
            provider(200, "{\"id\": 7, \"login\": \"alice-at-work\"}");
            String id = stored(ALICE, "testable");

            test(id).statusCode(200)
                    .body("success", equalTo(true))
                    .body("test_result.success", equalTo(true))
                    .body("test_result.outcome", equalTo("passed"))
                    .body("test_result.message", containsString("Testable"))
                    .body("test_result.tested_at", notNullValue())
                    .body("test_result.metadata.account.name", equalTo("alice-at-work"));

            as(ALICE)
                    .get("/api/connections/{id}", id)
                    .then()
                    .body("data.status", equalTo("active"))
                    .body("data.metadata.account.name", equalTo("alice-at-work"))
                    .body("data.last_tested_at", notNullValue())
                    .body("data.last_test.outcome", equalTo("passed"))
                    .body("data.version", equalTo(1));
            peers().verifyThat(getRequestedFor(urlPathEqualTo(VERIFY))
                    .withHeader("Authorization", WireMock.equalTo("Bearer sk-canary-1")));
        }

        @ParameterizedTest
        @ValueSource(ints = {401, 403})
        void marksAConnectionThatItsProviderRefuses(int status) {
            provider(status, "{\"error\": \"key sk-canary-1 is bad\"}");
            String id = stored(ALICE, "testable");

            test(id).statusCode(200)
                    .body("success", equalTo(true))
                    .body("test_result.success", equalTo(false))
                    .body("test_result.outcome", equalTo("failed"))
                    .body("test_result.message", not(containsString("canary")));

            as(ALICE)
                    .get("/api/connections/{id}", id)
                    .then()
                    .body("data.status", equalTo("invalid"))
                    .body("data.status_reason", notNullValue());
        }

        @ParameterizedTest
        @ValueSource(ints = {500, 502, 429, 404, 302})
        void neverMarksOneForWhatIsTheProvidersFault(int status) {
            provider(status, "{}");
            String id = stored(ALICE, "testable");

            test(id).statusCode(200).body("test_result.outcome", equalTo("inconclusive"));

            as(ALICE).get("/api/connections/{id}", id).then().body("data.status", equalTo("active"));
        }

        @Test
        void neverMarksOneWhenTheBrokerIsAway() {
            peers().register(post(WireMock.urlPathMatching("/internal/connections/.+/credential-for-test"))
                    .willReturn(aResponse().withStatus(503)));
            String id = stored(ALICE, "testable");

            test(id).statusCode(200).body("test_result.outcome", equalTo("inconclusive"));

            as(ALICE)
                    .get("/api/connections/{id}", id)
                    .then()
                    .body("data.status", equalTo("active"))
                    .body("data.last_tested_at", nullValue())
                    .body("data.last_test.outcome", equalTo("inconclusive"));
        }

        @Test
        void healsAConnectionThatWorksAgain() {
            provider(401, "{}");
            String id = stored(ALICE, "testable");
            test(id).body("test_result.success", equalTo(false));
            provider(200, "{}");

            test(id).body("test_result.success", equalTo(true));

            as(ALICE)
                    .get("/api/connections/{id}", id)
                    .then()
                    .body("data.status", equalTo("active"))
                    .body("data.status_reason", nullValue());
            as(ALICE)
                    .get("/api/connections/{id}/events", id)
                    .then()
                    .body("data.type", equalTo(List.of("recovered", "tested", "invalid", "tested", "created")));
        }

        @Test
        void saysNothingAboutACredentialThatWasReplacedMeanwhile() throws Exception {
            peers().register(get(urlPathEqualTo(VERIFY))
                    .willReturn(aResponse().withStatus(401).withFixedDelay(1500)));
            String id = stored(ALICE, "testable");
            var testing = CompletableFuture.runAsync(() -> test(id).statusCode(200));
            Awaitility.await().until(() -> asked() == 1);

            as(ALICE)
                    .body("{\"data\": {\"api_key\": \"sk-canary-2\"}}")
                    .put("/api/connections/{id}", id)
                    .then()
                    .statusCode(200);
            testing.get();

            as(ALICE).get("/api/connections/{id}", id).then().body("data.status", equalTo("active"));
            assertThat(sql("select test_claim is null from registry.connections where id = '" + id + "'"))
                    .isEqualTo("t");
        }

        @Test
        void forgetsWhatItKnewOfACredentialThatIsReplaced() {
            provider(200, "{\"id\": 7, \"login\": \"alice-at-work\"}");
            String id = stored(ALICE, "testable");
            test(id).body("test_result.success", equalTo(true));

            as(ALICE)
                    .body("{\"data\": {\"api_key\": \"sk-canary-2\"}}")
                    .put("/api/connections/{id}", id)
                    .then()
                    .statusCode(200)
                    .body("data.last_test", nullValue())
                    .body("data.last_tested_at", nullValue())
                    .body("data.metadata.account", nullValue());

            broker(ALICE)
                    .get("/internal/connections/{id}/credential", id)
                    .then()
                    .body("data.test_due", equalTo(true));
        }

        @Test
        void countsForTheTokenThatWasRefreshedForIt() throws Exception {
            provider(200, "{}");
            String id = stored(ALICE, "testable");
            update("update registry.connections set credential_generation = 2 where id = '" + id + "'");
            peers().register(post(WireMock.urlPathMatching("/internal/connections/.+/credential-for-test"))
                    .willReturn(aResponse()
                            .withFixedDelay(1000)
                            .withHeader("Content-Type", "application/json")
                            .withBody("""
                                    {"success": true, "data": {"api_key": "sk-canary-3", "credential_version": 3}}""")));
            var testing = CompletableFuture.runAsync(() -> test(id).statusCode(200));
            Awaitility.await()
                    .until(() -> sql("select test_claim is not null from registry.connections where id = '" + id + "'")
                            .equals("t"));
            update("update registry.connections set credential_generation = 3 where id = '" + id + "'");
            testing.get();

            as(ALICE).get("/api/connections/{id}", id).then().body("data.last_test.outcome", equalTo("passed"));
        }

        @Test
        void isHonestAboutWhatCannotBeTested() {
            String database = as(ALICE)
                    .body("""
                            {"name": "DB", "connection_method": "basic_auth", "provider": "in-house-database",
                             "data": {"username": "u", "password": "p", "host": "db.internal", "port": 5432}}""")
                    .post("/api/connections")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("data.id");

            test(database)
                    .statusCode(200)
                    .body("test_result.success", equalTo(false))
                    .body("test_result.outcome", equalTo("untestable"));

            as(ALICE)
                    .get("/api/connections/{id}", database)
                    .then()
                    .body("data.status", equalTo("active"))
                    .body("data.last_tested_at", nullValue());
        }

        @Test
        void asksTheProviderOnceForAllWhoAskAtTheSameTime() throws Exception {
            peers().register(get(urlPathEqualTo(VERIFY))
                    .willReturn(aResponse().withStatus(200).withBody("{}").withFixedDelay(500)));
            String id = stored(ALICE, "testable");

            try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
                var all = IntStream.range(0, 12)
                        .mapToObj(i -> callers.submit(
                                () -> test(id).statusCode(200).extract().<Boolean>path("test_result.success")))
                        .toList();

                for (var one : all) {
                    assertThat(one.get()).isTrue();
                }
            }
            assertThat(asked()).isEqualTo(1);
        }

        @Test
        void tellsNobodyElseOfATestThatIsUnderWay() throws Exception {
            peers().register(get(urlPathEqualTo(VERIFY))
                    .willReturn(aResponse().withStatus(200).withBody("{}").withFixedDelay(1500)));
            String id = stored(ALICE, "testable");
            try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
                var alices = callers.submit(() -> test(id).statusCode(200));
                Awaitility.await().until(() -> asked() == 1);

                as(BOB).post("/api/connections/{id}/test", id)
                        .then()
                        .statusCode(404)
                        .body("code", equalTo("connection-not-found"));
                alices.get().body("test_result.success", equalTo(true));
            }
        }

        @Test
        void waitsForTheTestOfAnotherReplica() throws Exception {
            String id = stored(ALICE, "testable");
            update("update registry.connections set test_claim = gen_random_uuid(), "
                    + "test_claimed_until = now() + interval '1 hour' where id = '" + id + "'");
            var waiting = CompletableFuture.supplyAsync(
                    () -> test(id).statusCode(200).extract().<String>path("test_result.message"));
            Thread.sleep(3_000);
            update("update registry.connections set test_claim = null, test_claimed_until = null, last_test = "
                    + "'{\"success\": true, \"outcome\": \"passed\", \"message\": \"by another\", "
                    + "\"tested_at\": \"2026-01-01T00:00:00Z\"}' where id = '" + id + "'");

            assertThat(waiting.get()).isEqualTo("by another");
            assertThat(asked()).isZero();
        }

        @Test
        void takesOverWhenWhoeverWasAtItDied() throws Exception {
            provider(200, "{}");
            String id = stored(ALICE, "testable");
            update("update registry.connections set test_claim = gen_random_uuid(), "
                    + "test_claimed_until = now() - interval '1 second' where id = '" + id + "'");

            test(id).statusCode(200).body("test_result.success", equalTo(true));
        }

        @Test
        void hidesAnotherUsersConnection() {
            String id = stored(ALICE, "testable");

            as(BOB).post("/api/connections/{id}/test", id)
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("connection-not-found"));
            as(BOB).post("/api/connections/{id}/test", UUID.randomUUID())
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("connection-not-found"));
        }
    }

    @Nested
    class BeforeSaving {

        @Test
        void testsTheDataAsItIsAndStoresNothing() throws Exception {
            provider(200, "{\"id\": 7, \"login\": \"alice-at-work\"}");
            String before = sql("select count(*) from registry.connections");

            as(ALICE)
                    .body("""
                    {"connection_method": "api_key", "provider": "testable", "data": {"api_key": "sk-canary-9"}}""")
                    .post("/api/connections/test")
                    .then()
                    .statusCode(200)
                    .body("test_result.success", equalTo(true))
                    .body("test_result.metadata.account.name", equalTo("alice-at-work"));

            assertThat(sql("select count(*) from registry.connections")).isEqualTo(before);
            peers().verifyThat(getRequestedFor(urlPathEqualTo(VERIFY))
                    .withHeader("Authorization", WireMock.equalTo("Bearer sk-canary-9")));
            assertThat(peers().find(WireMock.postRequestedFor(urlPathEqualTo("/internal/encrypt"))))
                    .isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " "})
        void takesAnEmptyNameForNone(String name) throws Exception {
            provider(200, "{\"id\": 7}");

            as(ALICE)
                    .body("""
                            {"name": "%s", "connection_method": "api_key", "provider": "testable",
                             "data": {"api_key": "sk-canary-9"}}""".formatted(name))
                    .post("/api/connections/test")
                    .then()
                    .statusCode(200)
                    .body("test_result.success", equalTo(true));
        }

        @Test
        void refusesWhatCouldNotBeSavedEither() {
            as(ALICE)
                    .body("{\"connection_method\": \"api_key\", \"provider\": \"testable\", \"data\": {\"key\": 1}}")
                    .post("/api/connections/test")
                    .then()
                    .statusCode(400)
                    .body("violations.field", hasItem("data.api_key"))
                    .body("violations.field", hasItem("data.key"));
        }

        @Test
        void refusesSettingsThatTheGatewayRefusesAsWell() {
            Registry.answer("/internal/mcp/discover", 400, """
                    {"code": "validation-failed", "detail": "canary", "violations": [
                      {"field": "username", "message": "must not contain a colon"}]}""");

            as(ALICE)
                    .body("""
                            {"connection_method": "mcp", "provider": "x", "data": {"server_url": "http://localhost:3100/mcp",
                             "auth_type": "basic", "username": "a:b", "password": "p"}}""")
                    .post("/api/connections/test")
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("validation-failed"))
                    .body("violations.field", equalTo(List.of("data.username")))
                    .body("violations.message", equalTo(List.of("must not contain a colon")))
                    .body(not(containsString("canary")));
        }

        @Test
        void asksTheMcpServer() {
            as(ALICE)
                    .body("""
                    {"connection_method": "mcp", "provider": "x", "data": {"server_url": "http://localhost:3100/mcp"}}""")
                    .post("/api/connections/test")
                    .then()
                    .statusCode(200)
                    .body("test_result.success", equalTo(true));
        }
    }

    @Nested
    class Rule24Hours {

        private ValidatableResponse ifDue(String id) {
            return broker(ALICE)
                    .post("/internal/connections/{id}/test-if-due", id)
                    .then();
        }

        @Test
        void asksForATestBeforeTheFirstUseAndNotAgain() {
            provider(200, "{}");
            String id = stored(ALICE, "testable");
            broker(ALICE)
                    .get("/internal/connections/{id}/credential", id)
                    .then()
                    .body("data.test_due", equalTo(true));

            ifDue(id)
                    .statusCode(200)
                    .body("data.status", equalTo("active"))
                    .body("data.test_result.success", equalTo(true));
            ifDue(id).statusCode(200).body("data.test_result", nullValue());

            broker(ALICE)
                    .get("/internal/connections/{id}/credential", id)
                    .then()
                    .body("data.test_due", equalTo(false));
            assertThat(asked()).isEqualTo(1);
        }

        @Test
        void asksAgainADayLater() throws Exception {
            provider(200, "{}");
            String id = stored(ALICE, "testable");
            ifDue(id).statusCode(200);
            update("update registry.connections set last_tested_at = now() - interval '25 hours', "
                    + "last_test_attempt_at = now() - interval '25 hours' where id = '" + id + "'");

            ifDue(id).body("data.test_result.success", equalTo(true));

            assertThat(asked()).isEqualTo(2);
        }

        @Test
        void tellsOfARefusedCredentialBeforeItIsUsed() {
            provider(401, "{}");
            String id = stored(ALICE, "testable");

            ifDue(id)
                    .statusCode(200)
                    .body("data.status", equalTo("invalid"))
                    .body("data.status_reason", notNullValue());
        }

        @Test
        void doesNotBlockUseWhileTheProviderIsDownNorAskItAgainAndAgain() {
            provider(503, "{}");
            String id = stored(ALICE, "testable");

            ifDue(id).statusCode(200).body("data.status", equalTo("active"));
            ifDue(id).statusCode(200).body("data.status", equalTo("active"));

            assertThat(asked()).isEqualTo(1);
        }

        private ValidatableResponse refused(String id) {
            return broker(ALICE)
                    .queryParam("refused", true)
                    .post("/internal/connections/{id}/test-if-due", id)
                    .then();
        }

        private void minutesPass(String id, String column, int minutes) throws Exception {
            update("update registry.connections set %s = now() - interval '%d minutes' where id = '%s'"
                    .formatted(column, minutes, id));
        }

        @Test
        void isShortenedToFiveMinutesByARefusal() throws Exception {
            provider(200, "{}");
            String id = stored(ALICE, "testable");
            refused(id).statusCode(200).body("data.test_result.success", equalTo(true));
            refused(id).statusCode(200).body("data.test_result", nullValue());
            assertThat(asked()).isEqualTo(1);
            minutesPass(id, "last_tested_at", 6);
            minutesPass(id, "last_test_attempt_at", 6);
            ifDue(id).statusCode(200).body("data.test_result", nullValue());
            provider(401, "{}");

            refused(id)
                    .statusCode(200)
                    .body("data.status", equalTo("invalid"))
                    .body("data.test_result.success", equalTo(false));

            assertThat(asked()).isEqualTo(2);
        }

        @ParameterizedTest
        @ValueSource(strings = {"last_tested_at", "last_test_attempt_at"})
        void holdsBackAnotherTestAfterARefusalForFiveMinutesFromTheLaterOfThem(String earlier) throws Exception {
            provider(200, "{}");
            String id = stored(ALICE, "testable");
            ifDue(id).statusCode(200);
            minutesPass(id, "last_tested_at", 4);
            minutesPass(id, "last_test_attempt_at", 4);
            minutesPass(id, earlier, 6);

            refused(id).statusCode(200).body("data.test_result", nullValue());

            assertThat(asked()).isEqualTo(1);
        }

        @Test
        void refusesARefusalThatIsNeitherTrueNorFalse() {
            broker(ALICE)
                    .queryParam("refused", "perhaps")
                    .post("/internal/connections/{id}/test-if-due", stored(ALICE, "testable"))
                    .then()
                    .statusCode(400)
                    .body("violations.field", hasItem("refused"));
        }

        @Test
        void isNeverDueWhereNothingCanBeTested() {
            String id = stored(ALICE, "unheard-of");

            broker(ALICE)
                    .get("/internal/connections/{id}/credential", id)
                    .then()
                    .body("data.test_due", equalTo(false));
            ifDue(id).statusCode(200).body("data.test_result", nullValue());
        }

        @Test
        void isForTheServicesThatUseConnections() {
            String id = stored(ALICE, "testable");

            service("credential-vault", ALICE)
                    .post("/internal/connections/{id}/test-if-due", id)
                    .then()
                    .statusCode(403)
                    .body("code", equalTo("peer-not-allowed"));
        }
    }
}
