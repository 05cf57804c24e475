package io.flowmaestro.connections.registry.rewrap;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static io.flowmaestro.connections.registry.Registry.ALICE;
import static io.flowmaestro.connections.registry.Registry.BOB;
import static io.flowmaestro.connections.registry.Registry.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@RegistryTest
class RewrapWorkerTest {

    @Inject
    Workers workers;

    @Inject
    MeterRegistry meters;

    @BeforeEach
    void onlyTheTestWorks() throws SQLException {
        workers.rest();
        Registry.peersThatWork();
        ScriptedVault.renews();
        Rows.clear();
    }

    @AfterEach
    void theScheduleWorksAgain() throws SQLException {
        Rows.clear();
        workers.resume();
    }

    @Nested
    class Everything {
        @Test
        void isRewrappedAndNothingElseMoves() throws SQLException {
            Rows.many(50, 20);
            String before = Rows.rest();
            double counted = rewrapped();
            workers.started();

            workers.turn();

            assertThat(Rows.count("select count(*) from registry.connections where data->>'ciphertext' like 'new-%'"
                            + " and data->>'key_version' = '2' and rewrap_claimed_until is null"))
                    .isEqualTo(1000);
            assertThat(Rows.rest()).isEqualTo(before);
            RewrapProgress progress = workers.progress();
            assertThat(progress.finishedAt()).isNotNull();
            assertThat(progress.total()).isEqualTo(1000);
            assertThat(progress.rewrapped()).isEqualTo(1000);
            assertThat(progress.remaining() + progress.unchanged() + progress.failed())
                    .isZero();
            assertThat(progress.rowsPerSecond()).isPositive();
            assertThat(rewrapped() - counted).isEqualTo(1000);
        }

        private double rewrapped() {
            return meters.counter("registry.rewrap.rows", "outcome", "rewrapped")
                    .count();
        }

        @Test
        void isAskedForInFullBatchesOfOneUserEach() throws SQLException {
            Rows.many(3, 100);
            workers.started();

            workers.turn();

            assertThat(ScriptedVault.requests()).hasSize(3).allSatisfy(request -> {
                assertThat(ScriptedVault.items(request)).hasSize(100);
                assertThat(ScriptedVault.items(request))
                        .allSatisfy(item ->
                                assertThat(item.path("purpose").textValue()).isEqualTo("connection-data"));
                assertThat(request.getHeader("Authorization")).startsWith("Bearer ");
                assertThat(Rows.count("select count(*) from registry.connections where user_id = '"
                                + request.getHeader("X-On-Behalf-Of") + "' and id = any('{"
                                + String.join(",", ids(request)) + "}'::uuid[])"))
                        .isEqualTo(100);
            });
        }

        private static List<String> ids(LoggedRequest request) {
            return ScriptedVault.items(request).stream()
                    .map(item -> item.path("connection_id").textValue())
                    .toList();
        }

        @Test
        void includesWhatIsDeleted() throws SQLException {
            UUID id = Rows.one(ALICE, "gone");
            Rows.execute("update registry.connections set deleted_at = now() where id = '" + id + "'");
            workers.started();

            workers.turn();

            assertThat(Rows.ciphertext(id)).isEqualTo("new-gone");
        }

        @Test
        void doesNotGoFasterThanItMay() throws SQLException {
            Rows.many(4, 25);
            workers.started();
            Instant began = Instant.now();

            Workers.await(workers.worker(Workers.config(50, Duration.ZERO)).work());

            assertThat(Duration.between(began, Instant.now()))
                    .isBetween(Duration.ofMillis(1900), Duration.ofSeconds(30));
            assertThat(workers.progress().rewrapped()).isEqualTo(100);
        }

        @Test
        void isNotOverBeforeWhatWasSealedAtItsStartMustHaveBeenStored() throws SQLException {
            Rows.one(ALICE, "x");
            workers.started();

            Workers.await(
                    workers.worker(Workers.config(500, Duration.ofHours(1))).work());
            assertThat(workers.progress().remaining()).isZero();
            assertThat(workers.progress().finishedAt()).isNull();

            workers.turn();
            assertThat(workers.progress().finishedAt()).isNotNull();
        }

        @Test
        void neverExceedsWhatTheVaultReadsAtOnce() throws SQLException {
            for (int i = 0; i < 4; i++) {
                Rows.one(ALICE, i + "x".repeat(300_000));
            }
            workers.started();

            workers.turn();

            assertThat(ScriptedVault.requests())
                    .hasSize(2)
                    .allSatisfy(request -> assertThat(request.getBody()).hasSizeLessThan(1024 * 1024));
            assertThat(workers.progress().rewrapped()).isEqualTo(4);
        }
    }

    @Nested
    class ARow {
        @Test
        void keepsItsEnvelopeWhenThatIsTheNewestAlready() throws SQLException {
            UUID id = Rows.one(ALICE, "newest");
            ScriptedVault.renewsBut("newest", "{\"envelope\": {\"ciphertext\": \"newest\"}, \"rewrapped\": false}");
            long run = workers.started();

            workers.turn();

            assertThat(Rows.text("select data from registry.connections where id = '" + id + "'"))
                    .isEqualTo(Rows.text("select '" + Rows.envelope("newest") + "'::jsonb"));
            assertThat(Rows.run(id)).isEqualTo(run);
            assertThat(workers.progress().unchanged()).isEqualTo(1);
        }

        static Stream<String> unusable() {
            return Stream.of(
                    "{\"error\": {\"code\": \"decryption-failed\", \"detail\": \"It does not open.\"}}",
                    "{\"envelope\": {\"nothing\": 1}, \"rewrapped\": true}",
                    "{\"envelope\": \"text\", \"rewrapped\": true}",
                    "{\"envelope\": {\"ciphertext\": \"a\\u0000\"}, \"rewrapped\": true}",
                    "null");
        }

        @ParameterizedTest
        @MethodSource("unusable")
        void failsAloneAndIsTriedAgainByTheNextRun(String result) throws SQLException {
            UUID bad = Rows.one(ALICE, "bad");
            UUID good = Rows.one(ALICE, "good");
            ScriptedVault.renewsBut("bad", result);
            workers.started();

            workers.turn();

            RewrapProgress progress = workers.progress();
            assertThat(progress.finishedAt()).isNotNull();
            assertThat(progress.rewrapped()).isEqualTo(1);
            assertThat(progress.failed()).isEqualTo(1);
            assertThat(progress.failedConnections()).containsExactly(bad);
            assertThat(Rows.ciphertext(bad)).isEqualTo("bad");
            assertThat(Rows.ciphertext(good)).isEqualTo("new-good");

            ScriptedVault.renews();
            workers.started();
            workers.turn();

            assertThat(workers.progress().failed()).isZero();
            assertThat(Rows.ciphertext(bad)).isEqualTo("new-bad");
        }

        @Test
        void isNamedAmongTheFirstTwentyFailures() throws SQLException {
            Rows.many(5, 5);
            ScriptedVault.answers(aResponse().withStatus(400));
            workers.started();

            workers.turn();

            assertThat(workers.progress().failed()).isEqualTo(25);
            assertThat(workers.progress().failedConnections()).hasSize(20);
        }

        @Test
        void isAskedForAloneWhenTheVaultDeclinesTheWholeBatch() throws SQLException {
            UUID bad = Rows.one(ALICE, "bad");
            UUID good = Rows.one(ALICE, "good");
            Registry.peers()
                    .register(post(ScriptedVault.PATH)
                            .withRequestBody(matching(".*\"bad\".*"))
                            .willReturn(aResponse().withStatus(422)));
            workers.started();

            workers.turn();

            assertThat(workers.progress().failedConnections()).containsExactly(bad);
            assertThat(Rows.ciphertext(good)).isEqualTo("new-good");
        }

        @Test
        void keepsTheEditThatWonAndHasThatRewrappedInstead() throws SQLException {
            UUID id = Rows.one(ALICE, "old");
            ScriptedVault.renewsAfter(1500);
            workers.started();

            var turn = workers.worker().work().subscribeAsCompletionStage();
            await().until(() -> !ScriptedVault.requests().isEmpty());
            as(ALICE)
                    .body("{\"data\": {\"api_key\": \"sk-canary-2\"}}")
                    .put("/api/connections/{id}", id)
                    .then()
                    .statusCode(200);
            assertThat(Rows.ciphertext(id)).isEqualTo("c2VhbGVk");
            turn.join();

            assertThat(Rows.ciphertext(id)).isEqualTo("new-c2VhbGVk");
            assertThat(ScriptedVault.asked()).containsExactly(id.toString(), id.toString());
            assertThat(Rows.count("select version from registry.connections where id = '" + id + "'"))
                    .isEqualTo(2);
            assertThat(workers.progress().rewrapped()).isEqualTo(1);
            assertThat(workers.progress().finishedAt()).isNotNull();
        }

        @Test
        void isDoneAgainWhenAnEnvelopeSealedBeforeTheRotationIsWrittenAfterIt() throws SQLException {
            UUID done = Rows.one(ALICE, "first");
            UUID leased = Rows.one(BOB, "other");
            Rows.execute(
                    "update registry.connections set rewrap_claimed_until = now() + interval '1 minute' where id = '"
                            + leased + "'");
            workers.started();
            workers.turn();
            assertThat(Rows.ciphertext(done)).isEqualTo("new-first");

            Rows.execute(
                    "update registry.connections set data = '" + Rows.envelope("late") + "' where id = '" + done + "'");
            UUID created = Rows.one(ALICE, "created");
            workers.turn();

            assertThat(Rows.ciphertext(done)).isEqualTo("new-late");
            assertThat(Rows.ciphertext(created)).isEqualTo("new-created");
            assertThat(workers.progress().finishedAt()).isNull();
        }
    }

    @Test
    void theCallNamesTheConnectionItsPurposeAndItsEnvelope() throws SQLException {
        UUID id = Rows.one(ALICE, "x");
        workers.started();

        workers.turn();

        Registry.peers().verifyThat(1, ScriptedVault.calls().withRequestBody(equalToJson("""
                {"items": [{"connection_id": "%s", "purpose": "connection-data", "envelope": %s}]}""".formatted(
                        id, Rows.envelope("x")))));
    }
}
