package io.flowmaestro.connections.oauth.refresh;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.INVALID_GRANT;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.ROTATED;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.attempts;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.expired;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.marking;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.publishing;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.publishingFails;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.use;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.StoredCredential;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.Peers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the write-ahead log is for: nothing is lost once the provider has answered, whatever fails then. */
@QuarkusTest
class AttemptsTest extends ComponentTest {

    private static final Path JOURNAL = Path.of("target/journal");

    @Inject
    ProviderHealth health;

    @BeforeEach
    void forgetFaults() {
        health.answered(Refreshing.ACME);
    }

    private static CompletableFuture<Response> useMeanwhile(StoredCredential stored) {
        return CompletableFuture.supplyAsync(() -> use(stored), Executors.newVirtualThreadPerTaskExecutor());
    }

    private static void sent(StoredCredential stored, String deadline) {
        sent(stored, 0, deadline);
    }

    private static void sent(StoredCredential stored, int secondsAgo, String deadline) {
        Suite.sql("""
                insert into oauth.refresh_attempts
                    (id, connection_id, user_id, provider, generation, owner, state, sealing_key, sent_at, deadline)
                values (gen_random_uuid(), '%s', '%s', 'acme', 1, gen_random_uuid(), 'sent', '{}',
                        clock_timestamp() - interval '%d seconds', clock_timestamp() + interval '%s')
                """.formatted(stored.id(), Suite.ALICE, secondsAgo, deadline));
    }

    private static void published(StoredCredential stored, long generation) {
        Suite.sql("""
                insert into oauth.refresh_attempts (id, connection_id, user_id, provider, generation, owner, state, deadline)
                values (gen_random_uuid(), '%s', '%s', 'acme', %d, gen_random_uuid(), 'published', now())
                """.formatted(stored.id(), Suite.ALICE, generation));
    }

    @Nested
    class Answered {

        @Test
        void areServedWhileTheRegistryIsAwayAndPublishedLaterWithoutAskingTheProviderAgain() {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            var stored = expired().store();
            publishingFails(stored, 503);
            use(stored).then().statusCode(200).body("data.access_token", equalTo("new-at"));
            assertThat(attempts(stored, "answered")).isEqualTo(1);

            publishing(stored, 2);
            Suite.sql("notify registry_connections, '" + stored.id() + "'");
            await().untilAsserted(() -> {
                use(stored).then().statusCode(200).body("data.access_token", equalTo("new-at"));
                assertThat(attempts(stored, "published")).isEqualTo(1);
            });
            assertThat(Suite.tokenRequests()).isEqualTo(1);
            assertThat(Suite.requests(RequestMethod.PUT, stored.path()).stream()
                            .map(write -> write.getBodyAsString().replaceAll(".*\"attempt_id\":\"([^\"]+)\".*", "$1"))
                            .distinct())
                    .hasSize(1);
        }

        @Test
        void areFinishedWithoutAnybodyAskingForTheConnection() {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            var stored = expired().store();
            publishingFails(stored, 503);
            use(stored).then().statusCode(200);
            publishing(stored, 2);
            Suite.sql("update oauth.refresh_attempts set answered_at = now() - interval '1 minute'");
            await().atMost(Duration.ofSeconds(15)).until(() -> attempts(stored, "published") == 1);
            assertThat(Suite.tokenRequests()).isEqualTo(1);
        }

        /** The registry took them, and its word did not reach us: they are the connection's own, and nothing to revoke. */
        @Test
        void thatWerePublishedUnnoticedAreRecognized() {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            var stored = expired().store();
            publishingFails(stored, 503);
            use(stored).then().statusCode(200);
            Instant now = Instant.now();
            stored.at(2, StoredCredential.tokens("new-at", "new-rt", now, now.plusSeconds(3600)))
                    .store();
            publishing(stored, 2);
            Suite.sql("update oauth.refresh_attempts set answered_at = now() - interval '1 minute'");
            await().atMost(Duration.ofSeconds(15)).until(() -> attempts(stored, "answered") == 0);
            assertThat(attempts(stored, "published")).isEqualTo(1);
        }

        @Test
        void ofADeletedConnectionWaitForTheDeletionToBeTakenBack() {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            var stored = expired().store();
            publishingFails(stored, 404);
            use(stored).then().statusCode(404);
            assertThat(attempts(stored, "answered")).isEqualTo(1);
        }

        @Test
        void goToTheJournalWhilePostgresqlRefusesThemAndComeBackFromIt() throws Exception {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            var stored = expired().store();
            publishing(stored, 2);
            Suite.sql("revoke execute on function oauth.keep_answer(uuid, uuid, bytea) from oauth_app");
            try {
                use(stored).then().statusCode(200).body("data.access_token", equalTo("new-at"));
                try (var files = Files.list(JOURNAL)) {
                    assertThat(files.filter(file -> file.toString().endsWith(".answer")))
                            .singleElement()
                            .satisfies(
                                    file -> assertThat(Files.readString(file)).doesNotContain("new-rt", "new-at"));
                }
            } finally {
                Suite.sql("grant execute on function oauth.keep_answer(uuid, uuid, bytea) to oauth_app");
            }
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                try (var files = Files.list(JOURNAL)) {
                    assertThat(files).isEmpty();
                }
            });
        }

        @Test
        void areSealedInTheDatabase() {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            var stored = expired().store();
            publishingFails(stored, 503);
            use(stored).then().statusCode(200);
            assertThat(Suite.count("select count(*) from oauth.refresh_attempts where state = 'answered'"
                            + " and position('new-rt'::bytea in answer) = 0 and sealing_key is not null"))
                    .isEqualTo(1);
        }

        @Test
        void leaveNeitherKeyNorAnswerBehindOnceTheyArePublished() {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            var stored = expired().store();
            publishing(stored, 2);
            use(stored).then().statusCode(200);
            assertThat(Suite.count("select count(*) from oauth.refresh_attempts where state = 'published'"
                            + " and answer is null and sealing_key is null"))
                    .isEqualTo(1);
        }
    }

    @Nested
    class Unanswered {

        @Test
        void keepEverybodyFromAskingTheProviderDuringTheQuarantine() {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            var stored = expired().store();
            sent(stored, "1 second");
            use(stored).then().statusCode(503).body("code", equalTo("refresh-unavailable"));
            assertThat(Suite.tokenRequests()).isZero();
        }

        @Test
        void areFollowedByOneMoreTryAfterTheQuarantine() {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            var stored = expired().store();
            publishing(stored, 2);
            sent(stored, "-1 minute");
            use(stored).then().statusCode(200).body("data.access_token", equalTo("new-at"));
            assertThat(Suite.tokenRequests()).isEqualTo(1);
        }

        @Test
        void areTriedAgainAtOnceWhereTheProviderToleratesTheReuseOfTokens() {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            String url = Peers.url() + "/acme";
            Suite.catalogued("acme", """
                    {"oauth2":{"authorize":"%1$s/authorize","token":"%1$s/token",
                     "refresh":{"rotates":true,"reuse_tolerated":true}}}""".formatted(url));
            var stored = expired().store();
            publishing(stored, 2);
            sent(stored, "-1 millisecond");
            use(stored).then().statusCode(200).body("data.access_token", equalTo("new-at"));
        }

        @ParameterizedTest
        @CsvSource({"600,5", "600,590"})
        void areTriedAgainAtOnceWhileTheProviderTakesAnOldToken(int leeway, int sentSecondsAgo) {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            providerWithLeeway(leeway);
            var stored = expired().store();
            publishing(stored, 2);
            sent(stored, sentSecondsAgo, "-1 millisecond");
            use(stored).then().statusCode(200).body("data.access_token", equalTo("new-at"));
        }

        /** Sent past its leeway an old token ends the grant; and the next try may arrive only at the end of its own time. */
        @ParameterizedTest
        @CsvSource({"3,0", "5,2", "600,597", "600,700"})
        void waitForTheQuarantineWhereTheLeewayMayBeOverByThen(int leeway, int sentSecondsAgo) {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            providerWithLeeway(leeway);
            var stored = expired().store();
            sent(stored, sentSecondsAgo, "-1 millisecond");
            use(stored).then().statusCode(503).body("code", equalTo("refresh-unavailable"));
            assertThat(Suite.tokenRequests()).isZero();
        }

        /** The first of them may have been redeemed. */
        @Test
        void countTheLeewayFromTheFirstOfThem() {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            providerWithLeeway(600);
            var stored = expired().store();
            sent(stored, 700, "-11 minutes");
            sent(stored, 5, "-1 millisecond");
            use(stored).then().statusCode(503).body("code", equalTo("refresh-unavailable"));
            assertThat(Suite.tokenRequests()).isZero();
        }

        private static void providerWithLeeway(int seconds) {
            Suite.catalogued("acme", """
                    {"oauth2":{"authorize":"%1$s/acme/authorize","token":"%1$s/acme/token",
                     "refresh":{"rotates":true,"reuse_leeway_s":%2$d}}}""".formatted(Peers.url(), seconds));
        }

        @Test
        void andThenRefusedAreReportedAsWhatNobodyCanRecover() {
            Suite.tokenAnswer(Suite.json(400, INVALID_GRANT));
            var stored = expired().store();
            marking(stored);
            sent(stored, "-1 minute");
            use(stored).then().statusCode(409).body("code", equalTo("connection-not-active"));
            assertThat(Suite.requests(RequestMethod.PUT, stored.statusPath()))
                    .singleElement()
                    .satisfies(mark -> assertThat(mark.getBodyAsString()).contains("expired", "never reached us"));
        }

        @Test
        void orUnreadableAreReadAgainBeforeTheOldTokenIsSentOnceMore() {
            String block = """
                    {"oauth2":{"authorize":"%1$s/acme/authorize","token":"%1$s/acme/token",
                     "token_response":{"access_token":["%2$s"]}}}""";
            Suite.catalogued("acme", block.formatted(Peers.url(), "elsewhere"));
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            var stored = expired().store();
            publishing(stored, 2);
            use(stored).then().statusCode(503);
            assertThat(attempts(stored, "sent")).isEqualTo(1);

            Suite.catalogued("acme", block.formatted(Peers.url(), "access_token"));
            await().atMost(Duration.ofSeconds(15))
                    .untilAsserted(
                            () -> use(stored).then().statusCode(200).body("data.access_token", equalTo("new-at")));
            assertThat(Suite.tokenRequests()).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(ints = {502, 504})
        void becauseAGatewayLostThemMayHaveSpentTheToken(int status) {
            Suite.tokenAnswer(Suite.json(status, "{\"error\":\"invalid_grant\"}"));
            var stored = expired().store();
            use(stored).then().statusCode(503).body("code", equalTo("provider-unavailable"));
            assertThat(attempts(stored, "sent")).isEqualTo(1);
            assertThat(Suite.requests(RequestMethod.PUT, stored.statusPath())).isEmpty();

            Suite.tokenAnswer(Suite.json(200, ROTATED));
            Suite.sql("update oauth.refresh_leases set retry_at = null");
            Suite.sql("update oauth.refresh_attempts set deadline = clock_timestamp() + interval '1 minute'");
            use(stored).then().statusCode(503).body("code", equalTo("refresh-unavailable"));
            assertThat(Suite.tokenRequests()).isEqualTo(1);

            publishing(stored, 2);
            Suite.sql("update oauth.refresh_attempts set deadline = clock_timestamp() - interval '1 minute'");
            use(stored).then().statusCode(200).body("data.access_token", equalTo("new-at"));
            assertThat(Suite.tokenRequests()).isEqualTo(2);
        }

        @Test
        void becauseTheLineBrokeAreNotTakenForRefusals() {
            Suite.peers()
                    .register(post(Suite.TOKEN_PATH)
                            .willReturn(com.github.tomakehurst.wiremock.client.WireMock.aResponse()
                                    .withFault(Fault.CONNECTION_RESET_BY_PEER)));
            var stored = expired().store();
            use(stored).then().statusCode(503).body("code", equalTo("provider-unavailable"));
            assertThat(attempts(stored, "sent")).isEqualTo(1);
            assertThat(Suite.requests(RequestMethod.PUT, stored.statusPath())).isEmpty();
        }
    }

    @Nested
    class Owners {

        /** PostgreSQL has recorded it, and says so when the call could outlast the lease: another replica may be at it then. */
        @Test
        void thatHearOfTheirLeaseTooLateDoNotAskTheProvider() {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            var stored = expired().store();
            publishing(stored, 2);
            Suite.sql("create function oauth.stand_still() returns trigger language plpgsql"
                    + " as 'begin perform pg_sleep(2.3); return new; end'");
            try {
                Suite.sql("create trigger stuck before update on oauth.refresh_attempts for each row"
                        + " when (new.state = 'sent') execute function oauth.stand_still()");
                use(stored).then().statusCode(503).body("code", equalTo("refresh-unavailable"));
            } finally {
                Suite.sql("drop function oauth.stand_still() cascade");
            }
            assertThat(Suite.tokenRequests()).isZero();
            assertThat(attempts(stored, "failed")).isEqualTo(1);

            use(stored).then().statusCode(200).body("data.access_token", equalTo("new-at"));
        }
    }

    @Nested
    class Late {

        @Test
        void afterAReconnectAreUnwanted() {
            Suite.tokenAnswer(Suite.json(200, ROTATED).withFixedDelay(500));
            var stored = expired().store();
            publishingFails(stored, 409);
            var answer = useMeanwhile(stored);
            await().until(() -> attempts(stored, "sent") == 1);
            Instant now = Instant.now();
            stored.at(2, StoredCredential.tokens("winners-at", "winners-rt", now, now.plusSeconds(3600)))
                    .store();
            answer.join().then().statusCode(200).body("data.access_token", equalTo("winners-at"));
            assertThat(attempts(stored, "unwanted")).isEqualTo(1);
        }

        @Test
        void afterAnotherRefreshAreKeptAndSaveTheConnectionWhenTheWinnersTokensAreDead() {
            Suite.tokenAnswer(Suite.json(200, ROTATED).withFixedDelay(500));
            var stored = expired().store();
            publishingFails(stored, 409);
            var answer = useMeanwhile(stored);
            await().until(() -> attempts(stored, "sent") == 1);
            published(stored, 1);
            Instant now = Instant.now();
            stored.at(2, StoredCredential.tokens("winners-at", "winners-rt", now.minusSeconds(60), now.plusSeconds(1)))
                    .store();
            answer.join();
            await().until(() -> attempts(stored, "spare") == 1);

            Suite.peers()
                    .register(post(Suite.TOKEN_PATH)
                            .withRequestBody(containing("winners-rt"))
                            .willReturn(Suite.json(400, INVALID_GRANT)));
            publishing(stored, 3);
            Suite.sql("notify registry_connections, '" + stored.id() + "'");
            await().untilAsserted(
                            () -> use(stored).then().statusCode(200).body("data.access_token", equalTo("new-at")));
            assertThat(Suite.requests(RequestMethod.PUT, stored.statusPath())).isEmpty();
            assertThat(Suite.requests(RequestMethod.PUT, stored.path())
                            .getLast()
                            .getBodyAsString())
                    .contains("\"expected_credential_generation\":2");
        }
    }

    @Nested
    class ProvidersThatFail {

        @Test
        void areLeftAloneAfterFiveFailuresInARow() {
            Suite.tokenAnswer(Suite.json(500, ""));
            for (int i = 0; i < 12; i++) {
                use(expired().store()).then().statusCode(503).body("code", equalTo("provider-unavailable"));
            }
            assertThat(Suite.tokenRequests()).isBetween(5, 7);
        }

        @Test
        void areLeftAloneForAsLongAsTheyAsk() {
            Suite.tokenAnswer(Suite.json(429, "").withHeader("Retry-After", "30"));
            use(expired().store()).then().statusCode(503);
            use(expired().store()).then().statusCode(503);
            assertThat(Suite.tokenRequests()).isEqualTo(1);
        }

        @Test
        void areNotAskedAgainForTheSameConnectionByEveryCaller() {
            Suite.tokenAnswer(Suite.json(500, ""));
            var stored = expired().store();
            use(stored).then().statusCode(503);
            health.answered(Refreshing.ACME);
            use(stored).then().statusCode(503);
            assertThat(Suite.tokenRequests()).isEqualTo(1);
        }
    }
}
