package io.flowmaestro.connections.oauth.attempt;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.StoredCredential;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.oauthclient.TokenReply;
import io.flowmaestro.connections.testing.Peers;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Answers whose connection was deleted before its new tokens were published; for ten minutes that can be taken back. */
@QuarkusTest
class DeletedConnectionsTest extends ComponentTest {

    private static final String REVOKE = "/acme/revoke";
    private static final Duration ROUNDS = Duration.ofSeconds(20);
    private static final byte[] ROTATED =
            "{\"access_token\":\"new-at\",\"refresh_token\":\"new-rt\",\"expires_in\":3600}"
                    .getBytes(StandardCharsets.UTF_8);

    private final StoredCredential connection = StoredCredential.oauth(
            "old-at", "old-rt", Instant.now().minusSeconds(3700), Instant.now().minusSeconds(100));

    @BeforeEach
    void offerRevocation() {
        Suite.provider(
                "acme", ",\"revoke\":{\"method\":\"POST\",\"url\":\"" + Peers.url() + REVOKE + "\",\"auth\":\"body\"}");
        Suite.peers().register(post(REVOKE).willReturn(Suite.json(200, "")));
    }

    /** An answer as the log holds it. */
    private void answered(String state, Duration ago) {
        var attempt = UUID.randomUUID();
        var key = AnswerKey.random(new SecureRandom());
        var reply = new TokenReply(200, null, ROTATED, Instant.now().minus(ago));
        Suite.sql("""
                insert into oauth.refresh_attempts (id, connection_id, user_id, provider, generation, owner, state,
                                                    sealing_key, answer, sent_at, answered_at, deadline)
                values ('%s', '%s', '%s', 'acme', 1, gen_random_uuid(), '%s',
                        '{"format":1,"ciphertext":"%s"}', decode('%s', 'base64'),
                        now() - interval '%d seconds', now() - interval '%d seconds', now())
                """.formatted(
                        attempt,
                        connection.id(),
                        Suite.ALICE,
                        state,
                        Base64.getEncoder().encodeToString(key.reveal()),
                        Base64.getEncoder().encodeToString(AnswerSeal.seal(key, attempt, reply, null)),
                        ago.toSeconds(),
                        ago.toSeconds()));
    }

    private void restored() {
        connection.store();
        Suite.peers()
                .register(put(connection.path())
                        .willReturn(Suite.json(200, "{\"success\":true,\"data\":{\"credential_generation\":2}}")));
    }

    /** The next round need not wait for a claim to lapse. */
    private static void lookAgain() {
        Suite.sql("update oauth.refresh_attempts set claimed_until = null");
    }

    private long attempts(String condition) {
        return Suite.count("select count(*) from oauth.refresh_attempts where connection_id = '" + connection.id()
                + "' and " + condition);
    }

    private void awaitAttempt(String condition) {
        await().atMost(ROUNDS).until(() -> attempts(condition) == 1);
    }

    private void assertPublished() {
        assertThat(Suite.requests(RequestMethod.PUT, connection.path()))
                .singleElement()
                .satisfies(write -> {
                    var written = new JsonMapper().readTree(write.getBodyAsString());
                    assertThat(Suite.plaintext(
                                    written.path("envelope").path("ciphertext").asText()))
                            .contains("new-rt");
                });
        assertThat(Suite.requests(RequestMethod.POST, REVOKE)).isEmpty();
    }

    @Nested
    class Missing {

        /** Answered 16 minutes ago, deleted 12 minutes later, and restored four minutes after that. */
        @Test
        void forLessThanADeletionCanBeTakenBackKeepTheirTokensHoweverOldTheseAre() {
            answered("answered", Duration.ofMinutes(16));
            awaitAttempt("missing_since is not null and claimed_until is not null");
            assertThat(attempts("state = 'answered'")).isEqualTo(1);

            restored();
            lookAgain();
            awaitAttempt("state = 'published'");
            assertPublished();
        }

        @Test
        void forLongerLoseThemAtTheProvider() {
            answered("answered", Duration.ofMinutes(16));
            awaitAttempt("missing_since is not null");
            Suite.sql("update oauth.refresh_attempts set missing_since = now() - interval '16 minutes'");
            lookAgain();
            awaitAttempt("state = 'failed'");
            assertThat(Suite.requests(RequestMethod.POST, REVOKE))
                    .singleElement()
                    .satisfies(request -> assertThat(request.getBodyAsString()).contains("new-rt"));
        }

        /** It may have been restored and deleted again between two looks, so the first look says nothing of this deletion. */
        @Test
        void butAbleToComeBackKeepThemHoweverLongTheyHaveBeenMissing() {
            Suite.peers()
                    .register(get(connection.path())
                            .willReturn(Suite.json(404, "{\"code\":\"connection-not-found\",\"restorable\":true}")));
            answered("answered", Duration.ofMinutes(30));
            Suite.sql("update oauth.refresh_attempts set missing_since = now() - interval '16 minutes'");
            lookAgain();
            awaitAttempt("missing_since is null");
            assertThat(attempts("state = 'answered'")).isEqualTo(1);

            Suite.peers()
                    .register(
                            get(connection.path()).willReturn(Suite.json(404, "{\"code\":\"connection-not-found\"}")));
            lookAgain();
            awaitAttempt("missing_since is not null");
            assertThat(attempts("state = 'answered'")).isEqualTo(1);
        }

        /** The registry takes nothing yet, and its user may delete it once more. */
        @Test
        void onceAndThereAgainCountAnew() {
            connection.store();
            Suite.peers().register(put(connection.path()).willReturn(Suite.json(503, "{}")));
            answered("answered", Duration.ofMinutes(16));
            Suite.sql("update oauth.refresh_attempts set missing_since = now() - interval '14 minutes'");
            awaitAttempt("missing_since is null");
            assertThat(attempts("state = 'answered'")).isEqualTo(1);
        }
    }

    @Nested
    class Unwanted {

        @Test
        void tokensOfAConnectionThatIsThereAgainArePublished() {
            restored();
            answered("unwanted", Duration.ofMinutes(16));
            awaitAttempt("state = 'published'");
            assertPublished();
        }

        @Test
        void tokensOfOneThatWasRevokedAreRevoked() {
            connection.withStatus("revoked").store();
            answered("unwanted", Duration.ofMinutes(16));
            awaitAttempt("state = 'failed'");
            assertThat(Suite.requests(RequestMethod.POST, REVOKE)).hasSize(1);
        }

        /** What it refuses may be opened later: a key version comes back. */
        @Test
        void tokensThatTheVaultDoesNotOpenWaitUntilItDoes() {
            connection.at(2, connection.data()).store();
            var refusal = Suite.vaultRefuses("refresh-answer");
            answered("unwanted", Duration.ofMinutes(16));
            await().atMost(ROUNDS)
                    .until(() -> !Suite.requests(RequestMethod.POST, "/internal/decrypt")
                            .isEmpty());
            assertThat(attempts("state = 'unwanted'")).isEqualTo(1);

            Suite.peers().removeStubMapping(refusal);
            lookAgain();
            awaitAttempt("state = 'failed'");
            assertThat(Suite.requests(RequestMethod.POST, REVOKE)).hasSize(1);
        }

        @Test
        void tokensOfOneThatHasNewOnesAreRevoked() {
            connection.at(2, connection.data()).store();
            answered("unwanted", Duration.ofMinutes(16));
            awaitAttempt("state = 'failed'");
            assertThat(Suite.requests(RequestMethod.POST, REVOKE)).hasSize(1);
        }
    }
}
