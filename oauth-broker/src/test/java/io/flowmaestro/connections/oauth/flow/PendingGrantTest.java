package io.flowmaestro.connections.oauth.flow;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.StoredCredential;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.Peers;
import io.flowmaestro.connections.testing.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What becomes of a grant when nobody knows whether the registry has stored it. */
@QuarkusTest
class PendingGrantTest extends ComponentTest {

    private static final String REVOKE = "/acme/revoke";

    private final Browser browser = new Browser();

    @Inject
    MeterRegistry metrics;

    @BeforeEach
    void grantsAndRevokes() {
        Callbacks.accept();
        Suite.provider(
                "acme",
                ",\"revoke\":{\"method\":\"POST\",\"url\":\"%s/acme/revoke\",\"auth\":\"body\"}"
                        .formatted(Peers.url()));
        Suite.peers().register(post(REVOKE).willReturn(Suite.json(200, "")));
    }

    static long pending() {
        return Suite.count("select count(*) from oauth.pending_grants");
    }

    /** Nobody is at it any more, and it is waited for until somebody has settled it. */
    static void settled() {
        lapsed();
        await().atMost(Duration.ofSeconds(20)).until(() -> pending() == 0);
    }

    private static void lapsed() {
        Suite.sql("update oauth.pending_grants set claimed_until = now() - interval '1 second'");
    }

    private static void aged(String age) {
        Suite.sql("update oauth.pending_grants set created_at = now() - interval '" + age + "'");
    }

    private static void refusesToSay() {
        Suite.peers().register(post(Callbacks.CREATE).willReturn(Suite.json(503, "{}")));
    }

    private static void flow(Browser.Flow flow, String status) {
        given().auth()
                .oauth2(Tokens.user(Suite.ALICE))
                .get("/api/oauth/flows/{id}", flow.id())
                .then()
                .body("data.status", equalTo(status));
    }

    private static void assertPending(Response page) {
        Callbacks.refused(page, "grant-pending", 1);
        assertThat(page.statusCode()).isEqualTo(504);
        JsonNode payload = Callbacks.payload(page);
        assertThat(payload.path("stay").asBoolean()).isTrue();
        assertThat(payload.path("message").path("message").asText())
                .contains("is kept", "Do not start again yet", "look at your connections");
        assertThat(page.asString()).doesNotContain("secret-at", "secret-rt");
    }

    private static JsonNode body(LoggedRequest request) {
        try {
            return new ObjectMapper().readTree(request.getBodyAsString());
        } catch (com.fasterxml.jackson.core.JsonProcessingException broken) {
            throw new AssertionError(broken);
        }
    }

    private static void assertNothingRevoked() {
        assertThat(Suite.requests(RequestMethod.POST, REVOKE)).isEmpty();
    }

    @Nested
    class OfANewConnection {

        private Browser.Flow flow = new Browser.Flow("", Map.of());

        private Response connect() {
            flow = browser.begin(Suite.ALICE, "acme");
            return browser.callback("acme", Map.of("state", flow.state(), "code", "c"));
        }

        @Test
        void isToldAsUnknownAndRevokedByNobody() {
            refusesToSay();
            double before = metrics.counter("connections.oauth.unstored.grants", "outcome", "waiting")
                    .count();
            assertPending(connect());
            assertNothingRevoked();
            flow(flow, "pending");
            assertThat(metrics.counter("connections.oauth.unstored.grants", "outcome", "waiting")
                            .count())
                    .isEqualTo(before + 1);
            assertThat(Suite.count("select count(*) from oauth.pending_grants g where g::text like '%secret-at%'"))
                    .as("tokens in the clear")
                    .isZero();
        }

        @Test
        void isStoredOnceTheRegistryAnswersByTheVerySameWrite() {
            refusesToSay();
            assertPending(connect());
            Suite.peers().register(post(Callbacks.CREATE).willReturn(Callbacks.created()));
            settled();
            flow(flow, "succeeded");
            assertNothingRevoked();
            assertThat(Suite.requests(RequestMethod.POST, Callbacks.CREATE).stream()
                            .map(PendingGrantTest::body)
                            .distinct())
                    .singleElement()
                    .satisfies(made -> assertThat(made.path("name").asText()).isEqualTo("Acme (alice@acme.example)"));
            assertThat(Suite.tokenRequests()).isEqualTo(1);
        }

        /** It stands still with the request in its socket, past the time limit of every try. */
        @Test
        void isStoredAfterTheRegistryStoodStill() {
            Suite.peers()
                    .register(post(Callbacks.CREATE)
                            .willReturn(Callbacks.created().withFixedDelay(7_000)));
            assertPending(connect());
            assertNothingRevoked();
            Suite.peers().register(post(Callbacks.CREATE).willReturn(Callbacks.created()));
            settled();
            flow(flow, "succeeded");
            assertNothingRevoked();
        }

        @Test
        void isPendingForLongerThanItsCallbackWasWaitedFor() {
            refusesToSay();
            assertPending(connect());
            Suite.sql("update oauth.flow_results set expires_at = now() - interval '1 minute'");
            flow(flow, "pending");
            Suite.sql("delete from oauth.pending_grants");
            flow(flow, "expired");
        }

        @Test
        void isRevokedWhenTheRegistryRefusesItInTheEnd() {
            refusesToSay();
            assertPending(connect());
            Suite.peers().register(post(Callbacks.CREATE).willReturn(Suite.json(422, "{}")));
            settled();
            Callbacks.failed(flow, "grant-not-stored");
            assertThat(Suite.requests(RequestMethod.POST, REVOKE))
                    .singleElement()
                    .satisfies(request -> assertThat(request.getBodyAsString()).contains("secret-rt"));
        }

        @Test
        void isLeftAloneWhereItsUserHasDeletedItMeanwhile() {
            refusesToSay();
            assertPending(connect());
            Suite.peers().register(post(Callbacks.CREATE).willReturn(Suite.json(409, "{}")));
            settled();
            assertNothingRevoked();
        }

        @Test
        void isLeftAloneWhenItIsGivenUpAndThereNevertheless() {
            refusesToSay();
            assertPending(connect());
            aged("25 hours");
            String id = body(Suite.requests(RequestMethod.POST, Callbacks.CREATE)
                            .getFirst())
                    .path("id")
                    .asText();
            Instant now = Instant.now();
            var refreshed = StoredCredential.oauth("newer-at", "newer-rt", now, now.plusSeconds(3600));
            new StoredCredential(UUID.fromString(id), "oauth2", "acme", "active", 2, refreshed.data(), false).store();
            lapsed();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> Suite.count("select count(*) from oauth.pending_grants where state = 'refused'") == 1);
            settled();
            assertNothingRevoked();
        }

        @Test
        void isGivenUpAfterADayAndRevokedInTheNextRound() {
            refusesToSay();
            assertPending(connect());
            aged("25 hours");
            lapsed();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> Suite.count("select count(*) from oauth.pending_grants where state = 'refused'") == 1);
            assertNothingRevoked();
            settled();
            Callbacks.failed(flow, "grant-not-stored");
            assertThat(Suite.requests(RequestMethod.POST, REVOKE)).hasSize(1);
        }

        @Test
        void isStoredThoughTheBrowserHangsUp() throws IOException {
            Suite.peers()
                    .register(get("/acme/me").willReturn(Suite.json(200, "{}").withFixedDelay(400)));
            flow = browser.begin(Suite.ALICE, "acme");
            try (var socket = new Socket("127.0.0.1", RestAssured.port)) {
                socket.getOutputStream()
                        .write(
                                "GET /api/oauth/acme/callback?code=c&state=%s HTTP/1.1\r\nHost: a\r\nCookie: %s=%s\r\n\r\n"
                                        .formatted(flow.state(), Browser.COOKIE, browser.cookie)
                                        .getBytes(StandardCharsets.US_ASCII));
                await().until(() -> Suite.tokenRequests() == 1);
            }
            await().untilAsserted(() -> flow(flow, "succeeded"));
            assertThat(pending()).isZero();
        }

        @Test
        void leavesNothingBehindWhereAllGoesWell() {
            connect().then().statusCode(200);
            assertThat(pending()).isZero();
            flow(flow, "succeeded");
        }
    }

    @Nested
    class OfAReconnect {

        private final Instant now = Instant.now();
        private final StoredCredential stored = StoredCredential.oauth("old-at", "old-rt", now, now.plusSeconds(3600));
        private final String grantPath = "/internal/connections/" + stored.id() + "/grant";

        private Response reconnect() {
            return browser.callback("acme", Map.of("state", begin(), "code", "c"));
        }

        /** The state of a flow that waits for its callback. */
        private String begin() {
            stored.store();
            var begun = browser.authorize(
                    Suite.ALICE, "acme", Map.of("connection_id", stored.id().toString()));
            begun.then().statusCode(200);
            browser.cookie = begun.cookie(Browser.COOKIE);
            return Browser.query(begun.path("data.auth_url")).get("state");
        }

        private void answers(int status) {
            Suite.peers()
                    .register(put(grantPath)
                            .willReturn(Suite.json(
                                    status,
                                    "{\"success\":true,\"data\":{\"id\":\"" + stored.id()
                                            + "\",\"status\":\"active\"}}")));
        }

        @Test
        void isWrittenOverTheSameGenerationAndNoOther() {
            answers(503);
            assertPending(reconnect());
            assertNothingRevoked();
            stored.at(2, stored.data()).store();
            answers(200);
            settled();
            assertThat(Suite.requests(RequestMethod.PUT, grantPath).stream()
                            .map(PendingGrantTest::body)
                            .distinct())
                    .singleElement()
                    .satisfies(grant -> assertThat(
                                    grant.path("expected_credential_generation").asLong())
                            .isEqualTo(1));
            assertNothingRevoked();
        }

        @Test
        void isLeftAloneWhereTheConnectionHasChangedMeanwhile() {
            answers(503);
            assertPending(reconnect());
            answers(409);
            settled();
            assertNothingRevoked();
        }

        @Test
        void isRevokedOnceTheDeletionOfTheConnectionCannotBeTakenBack() {
            answers(503);
            assertPending(reconnect());
            Suite.peers()
                    .register(any(urlPathMatching("/internal/connections/.*")).willReturn(Suite.json(404, "{}")));
            lapsed();
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            Suite.count("select count(*) from oauth.pending_grants where claimed_until > now()") == 1);
            assertNothingRevoked();
            Suite.sql("update oauth.pending_grants set missing_since = now() - interval '16 minutes'");
            settled();
            assertThat(Suite.requests(RequestMethod.POST, REVOKE)).hasSize(1);
        }

        /** Long pending is not long deleted: what was written unheard comes back with the connection. */
        @Test
        void isKeptForAsLongAsAYoungDeletionCanBeTakenBack() {
            answers(503);
            assertPending(reconnect());
            aged("3 hours");
            Suite.peers()
                    .register(any(urlPathMatching("/internal/connections/.*")).willReturn(Suite.json(404, "{}")));
            lapsed();
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            Suite.count("select count(*) from oauth.pending_grants where missing_since is not null")
                                    == 1);
            assertThat(pending()).isEqualTo(1);
            assertNothingRevoked();
        }

        @Test
        void isKeptWhereItMayBeWrittenAndTheConnectionIsDeletedRightAfter() {
            grantIsAnswered(503, 404);
            assertPending(reconnect());
            assertNothingRevoked();
        }

        /** Who starts again means the new consent: the old one is not put over it. */
        @Test
        void isCalledOffByANewerSignIn() {
            var older = begin();
            Suite.peers()
                    .register(any(urlPathMatching("/internal/connections/.*")).willReturn(Suite.json(503, "{}")));
            assertPending(browser.callback("acme", Map.of("state", older, "code", "c")));
            stored.store();
            answers(200);
            Suite.tokenAnswer(
                    Suite.json(
                            200,
                            "{\"access_token\":\"newer-at\",\"refresh_token\":\"newer-rt\",\"token_type\":\"Bearer\",\"expires_in\":3600}"));
            reconnect().then().statusCode(200);
            settled();
            assertThat(Suite.requests(RequestMethod.PUT, grantPath)).hasSize(1);
            assertThat(Suite.requests(RequestMethod.POST, REVOKE))
                    .singleElement()
                    .satisfies(request -> assertThat(request.getBodyAsString()).contains("secret-rt"));
        }

        @Test
        void isCalledOffWhenItsUserRevokesTheConnection() {
            answers(503);
            assertPending(reconnect());
            int asked = Suite.requests(RequestMethod.PUT, grantPath).size();
            Suite.peers()
                    .register(put(stored.statusPath()).willReturn(Suite.json(200, "{\"success\":true,\"data\":{}}")));
            given().auth()
                    .oauth2(Tokens.user(Suite.ALICE))
                    .post("/api/oauth/acme/revoke/{id}", stored.id())
                    .then()
                    .statusCode(200);
            settled();
            assertThat(Suite.requests(RequestMethod.PUT, grantPath)).hasSize(asked);
            assertThat(Suite.requests(RequestMethod.POST, REVOKE)).hasSize(1);
        }

        /** A certain loser was not written, so that another look and another generation are right. */
        @Test
        void isWrittenOverWhatAnotherWroteAtTheSameMoment() {
            grantIsAnswered(409, 200);
            reconnect().then().statusCode(200);
            assertThat(Suite.requests(RequestMethod.PUT, grantPath)).hasSize(2);
            assertThat(pending()).isZero();
            assertNothingRevoked();
        }

        private void grantIsAnswered(int first, int then) {
            Suite.peers()
                    .register(put(grantPath)
                            .inScenario("answers")
                            .whenScenarioStateIs(Scenario.STARTED)
                            .willSetStateTo("then")
                            .willReturn(Suite.json(first, "{}")));
            Suite.peers()
                    .register(put(grantPath)
                            .inScenario("answers")
                            .whenScenarioStateIs("then")
                            .willReturn(Suite.json(
                                    then,
                                    "{\"success\":true,\"data\":{\"id\":\"" + stored.id()
                                            + "\",\"status\":\"active\"}}")));
        }

        /** It may have been written, and refreshed since: its tokens are what the connection's grew from. */
        @Test
        void isLeftAloneWhenItIsGivenUp() {
            answers(503);
            assertPending(reconnect());
            aged("25 hours");
            settled();
            assertNothingRevoked();
        }

        /** One try said nothing and was done, a refresh came after it: nothing is put over that. */
        @Test
        void isNotPutOverWhatCameOfIt() {
            stored.store();
            Suite.peers()
                    .register(put(grantPath)
                            .inScenario("written unheard")
                            .whenScenarioStateIs(Scenario.STARTED)
                            .willSetStateTo("refreshed")
                            .willReturn(Suite.json(503, "{}")));
            Suite.peers()
                    .register(put(grantPath)
                            .inScenario("written unheard")
                            .whenScenarioStateIs("refreshed")
                            .willReturn(Suite.json(409, "{}")));
            Callbacks.refused(reconnect(), "grant-not-stored", 1);
            assertThat(Suite.requests(RequestMethod.PUT, grantPath)).hasSize(2);
            assertNothingRevoked();
        }

        /** The registry was never asked to write, for it could not even be read. */
        @Test
        void isStoredLaterWhereTheConnectionCannotBeLookedAt() {
            String state = begin();
            Suite.peers()
                    .register(any(urlPathMatching("/internal/connections/.*")).willReturn(Suite.json(503, "{}")));
            assertPending(browser.callback("acme", Map.of("state", state, "code", "c")));
            stored.at(2, stored.data()).store();
            answers(200);
            settled();
            assertThat(Suite.requests(RequestMethod.PUT, grantPath))
                    .singleElement()
                    .satisfies(grant -> assertThat(body(grant)
                                    .path("expected_credential_generation")
                                    .asLong())
                            .isEqualTo(2));
            assertNothingRevoked();
        }
    }
}
