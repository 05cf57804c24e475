package io.flowmaestro.connections.oauth.refresh;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.ROTATED;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.expired;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.force;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.lasting;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.leases;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.publishing;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.use;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.StoredCredential;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Refreshes that somebody wants before they are due. */
@QuarkusTest
class ForcedRefreshTest extends ComponentTest {

    @Inject
    ProviderHealth health;

    @BeforeEach
    void forgetFaults() {
        health.answered(Refreshing.ACME);
    }

    @Nested
    class OfOneUser {

        /** More than a full bucket, and whatever comes back meanwhile. */
        private static final int MANY = 500;

        private Response firstRefused(Supplier<Response> request) {
            return Stream.generate(request)
                    .limit(MANY)
                    .filter(answer -> answer.statusCode() == 429)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("nothing was refused"));
        }

        private void assertTooMany(Response answer) {
            answer.then().body("code", equalTo("too-many-requests"));
            assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
        }

        @Test
        void areLimitedWhateverTheConnection() {
            UUID user = UUID.randomUUID();
            assertTooMany(firstRefused(() ->
                    given().auth().oauth2(Tokens.user(user)).post("/api/oauth/acme/refresh/{id}", UUID.randomUUID())));
            force(lasting().withStatus("revoked").store()).then().statusCode(409);
        }

        @Test
        void areLimitedWhenWorkersReportRefusalsToo() {
            Suite.tokenAnswer(Suite.json(500, ""));
            var stored = expired();
            Suite.peers().register(bobs(stored));
            assertTooMany(firstRefused(() -> given().auth()
                    .oauth2(Tokens.worker())
                    .contentType(ContentType.JSON)
                    .header("X-On-Behalf-Of", Suite.BOB.toString())
                    .body("{\"credential_version\":1}")
                    .post("/api/credentials/{id}/refused", stored.id())));
        }

        private com.github.tomakehurst.wiremock.client.MappingBuilder bobs(StoredCredential stored) {
            return get(stored.path())
                    .willReturn(Suite.json(200, """
                            {"success":true,"data":{"id":"%s","name":"Bob's","connection_method":"oauth2","provider":"acme",
                            "status":"active","credential_generation":1,"envelope":%s,"metadata":{}}}""".formatted(stored.id(), Suite.envelope(stored.data()))));
        }
    }

    @Nested
    class Answers {

        @Test
        void sayThatTheTokensAreNew() {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            var stored = lasting().store();
            publishing(stored);
            force(stored)
                    .then()
                    .statusCode(200)
                    .body("data.renewed", equalTo(true))
                    .body("data.credential_version", equalTo(2));
            assertThat(Suite.tokenRequests()).isEqualTo(1);
        }

        @Test
        void sayThatTokensOfAMomentAgoWereLeftAsTheyAre() {
            Instant now = Instant.now();
            var stored = StoredCredential.oauth("at", "rt", now, now.plusSeconds(3600))
                    .store();
            force(stored)
                    .then()
                    .statusCode(200)
                    .body("data.renewed", equalTo(false))
                    .body("data.credential_version", equalTo(1));
            assertThat(Suite.tokenRequests()).isZero();
        }
    }

    @Nested
    class AfterAFailure {

        private StoredCredential failed() {
            Suite.tokenAnswer(Suite.json(500, ""));
            var stored = expired().store();
            publishing(stored);
            use(stored).then().statusCode(503);
            Suite.sql("update oauth.refresh_leases set retry_at = clock_timestamp() + interval '1 hour'");
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            return stored;
        }

        private void secondsGoBy(int seconds) {
            Suite.sql("update oauth.refresh_leases set deadline = deadline - interval '" + seconds + " seconds'");
        }

        private long failures(StoredCredential stored) {
            return Suite.count(
                    "select failures from oauth.refresh_leases where retry_at is not null and connection_id = '"
                            + stored.id() + "'");
        }

        @Test
        void waitFiveSecondsAndNotForThePause() {
            var stored = failed();
            force(stored).then().statusCode(503).body("code", equalTo("provider-unavailable"));
            assertThat(Suite.tokenRequests()).isEqualTo(1);

            secondsGoBy(5);

            use(stored).then().statusCode(503);
            assertThat(Suite.tokenRequests()).as("who does not insist waits").isEqualTo(1);
            force(stored).then().statusCode(200);
            assertThat(Suite.tokenRequests()).isEqualTo(2);
            assertThat(leases(stored)).as("success forgets the failures").isZero();
        }

        @Test
        void keepTheCountOfFailuresWhereTheyEndBeforeTheProviderIsAsked() {
            var stored = failed();
            assertThat(failures(stored)).isEqualTo(1);
            Suite.peers().register(post("/internal/encrypt").willReturn(Suite.json(503, "{}")));
            secondsGoBy(5);

            force(stored).then().statusCode(503).body("code", equalTo("vault-unavailable"));

            assertThat(Suite.tokenRequests()).isEqualTo(1);
            assertThat(failures(stored)).isEqualTo(1);
        }
    }
}
