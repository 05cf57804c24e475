package io.flowmaestro.connections.oauth.refresh;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.INVALID_GRANT;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.ROTATED;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.attempts;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.expired;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.force;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.marking;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.published;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.publishing;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.publishingFails;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.use;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.StoredCredential;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers whose key the vault does not open, which may be for a while: its version was withdrawn, or its row is damaged. */
@QuarkusTest
class UnopenedAnswersTest extends ComponentTest {

    private static final Duration ROUNDS = Duration.ofSeconds(20);
    private static final String PURPOSE = "refresh-answer";

    @Inject
    ProviderHealth health;

    @BeforeEach
    void forgetFaults() {
        health.answered(Refreshing.ACME);
    }

    /** An answer that could not be published. */
    private static StoredCredential unpublished() {
        Suite.tokenAnswer(Suite.json(200, ROTATED));
        var stored = expired().store();
        publishingFails(stored, 503);
        use(stored).then().statusCode(200).body("data.access_token", equalTo("new-at"));
        return stored;
    }

    /** The vault refuses it when it is looked for; then the registry takes tokens again, and the quarantine is over. */
    private static StubMapping refused(StoredCredential stored) {
        var refusal = Suite.vaultRefuses(PURPOSE);
        Suite.sql("update oauth.refresh_attempts set answered_at = now() - interval '1 minute'");
        await().atMost(ROUNDS).until(() -> kept(stored, "sent") == 1);
        publishing(stored);
        Suite.sql("update oauth.refresh_attempts set deadline = clock_timestamp() - interval '1 minute'");
        forgotten(stored);
        return refusal;
    }

    private static long kept(StoredCredential stored, String state) {
        return Suite.count("select count(*) from oauth.refresh_attempts where connection_id = '" + stored.id()
                + "' and state = '" + state + "' and answer is not null and sealing_key is not null");
    }

    private static void forgotten(StoredCredential stored) {
        Suite.sql("notify registry_connections, '" + stored.id() + "'");
    }

    @Test
    void arePublishedWithoutAskingTheProviderAgainOnceTheVaultOpensThem() {
        var stored = unpublished();
        Suite.peers().removeStubMapping(refused(stored));
        await().atMost(ROUNDS).untilAsserted(() -> {
            use(stored).then().statusCode(200).body("data.access_token", equalTo("new-at"));
            assertThat(attempts(stored, "published")).isEqualTo(1);
        });
        assertThat(Suite.tokenRequests()).isEqualTo(1);
    }

    /** The provider was asked again meanwhile, and what it said is no answer. */
    @Test
    void areNotHiddenByNewerOnesThatCannotBeRead() {
        var stored = unpublished();
        var refusal = refused(stored);
        Suite.tokenAnswer(Suite.json(200, "[]"));
        await().atMost(ROUNDS).until(() -> {
            use(stored);
            return Suite.tokenRequests() == 2 && kept(stored, "sent") == 2;
        });
        Suite.peers().removeStubMapping(refusal);
        Suite.sql("update oauth.refresh_attempts set deadline = clock_timestamp() - interval '1 minute'");
        Suite.sql("update oauth.refresh_leases set retry_at = null");

        await().atMost(ROUNDS)
                .untilAsserted(() -> use(stored).then().statusCode(200).body("data.access_token", equalTo("new-at")));
        assertThat(Suite.tokenRequests()).isEqualTo(2);
    }

    @Test
    void keepNobodyFromAskingTheProvider() {
        var stored = unpublished();
        refused(stored);
        Suite.tokenAnswer(
                Suite.json(200, "{\"access_token\":\"third-at\",\"refresh_token\":\"rt\",\"expires_in\":3600}"));
        await().atMost(ROUNDS)
                .untilAsserted(() -> use(stored).then().statusCode(200).body("data.access_token", equalTo("third-at")));
        assertThat(attempts(stored, "published")).isEqualTo(1);
        assertThat(kept(stored, "sent")).isEqualTo(1);
    }

    @Test
    void bringBackAConnectionThatExpiredWithoutThem() {
        var stored = unpublished();
        var refusal = refused(stored);
        Suite.tokenAnswer(Suite.json(400, INVALID_GRANT));
        marking(stored);
        await().atMost(ROUNDS)
                .untilAsserted(() -> use(stored).then().statusCode(409).body("code", equalTo("connection-not-active")));
        assertThat(kept(stored, "sent")).isEqualTo(1);
        assertThat(Suite.tokenRequests()).isEqualTo(2);

        Suite.peers().removeStubMapping(refusal);
        stored.withStatus("expired").store();
        force(stored).then().statusCode(200);
        assertThat(attempts(stored, "published")).isEqualTo(1);
        assertThat(Suite.tokenRequests()).isEqualTo(2);
    }

    @Test
    void thatCameLateStayWhereTheyAre() {
        Suite.tokenAnswer(Suite.json(200, ROTATED).withFixedDelay(500));
        var stored = expired().store();
        publishingFails(stored, 409);
        CompletableFuture<Response> answer =
                CompletableFuture.supplyAsync(() -> use(stored), Executors.newVirtualThreadPerTaskExecutor());
        await().until(() -> attempts(stored, "sent") == 1);
        published(stored, 1);
        Instant now = Instant.now();
        stored.at(2, StoredCredential.tokens("winners-at", "winners-rt", now.minusSeconds(60), now.plusSeconds(1)))
                .store();
        answer.join();
        await().until(() -> attempts(stored, "spare") == 1);

        Suite.vaultRefuses(PURPOSE);
        Suite.peers()
                .register(post(Suite.TOKEN_PATH)
                        .withRequestBody(containing("winners-rt"))
                        .willReturn(Suite.json(400, INVALID_GRANT)));
        marking(stored);
        forgotten(stored);
        await().atMost(ROUNDS)
                .untilAsserted(() -> use(stored).then().statusCode(409).body("code", equalTo("connection-not-active")));
        assertThat(kept(stored, "spare")).isEqualTo(1);
    }

    @Test
    void thatWereAlteredAreGivenUp() {
        var stored = unpublished();
        Suite.sql(
                "update oauth.refresh_attempts set answered_at = now() - interval '1 minute',"
                        + " answer = set_byte(answer, octet_length(answer) - 1, 255 - get_byte(answer, octet_length(answer) - 1))");
        await().atMost(ROUNDS).until(() -> attempts(stored, "failed") == 1);
        assertThat(Suite.count("select count(*) from oauth.refresh_attempts where connection_id = '" + stored.id()
                        + "' and answer is null and sealing_key is null"))
                .isEqualTo(1);
    }
}
