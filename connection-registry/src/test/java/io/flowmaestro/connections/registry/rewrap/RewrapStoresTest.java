package io.flowmaestro.connections.registry.rewrap;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static io.flowmaestro.connections.registry.Registry.ALICE;
import static io.flowmaestro.connections.registry.Registry.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.flowmaestro.connections.testing.PostgresResource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is sealed and is no connection: the secrets of webhooks and of OAuth clients. */
@RegistryTest
class RewrapStoresTest {

    /** RFC 9562, version 5, of {@code urn:flowmaestro:connections:provider:acme} in the namespace of URLs. */
    private static final String RECORD_OF_ACME = "a3580d55-77b5-5d1c-adaf-131dbf107bb8";

    @Inject
    Workers workers;

    @Inject
    Claims claims;

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

    @Test
    void isRewrappedWithTheConnectionsAndCounted() throws SQLException {
        UUID connection = Rows.one(ALICE, "c");
        UUID hers = Rows.webhook(ALICE, "a");
        UUID his = Rows.webhook(BOB, "b");
        Rows.client("acme", "s");
        Rows.execute("insert into registry.providers (key, definition) values ('bare', '{\"key\": \"bare\"}')");
        workers.started();
        RewrapProgress before = workers.progress();
        assertThat(before.remaining()).isEqualTo(4);
        assertThat(before.remainingWebhooks()).isEqualTo(2);
        assertThat(before.remainingClients()).isEqualTo(1);

        workers.turn();

        assertThat(Rows.ciphertext(connection)).isEqualTo("new-c");
        assertThat(Rows.webhookCiphertext(hers)).isEqualTo("new-a");
        assertThat(Rows.webhookCiphertext(his)).isEqualTo("new-b");
        assertThat(Rows.clientCiphertext("acme")).isEqualTo("new-s");
        RewrapProgress progress = workers.progress();
        assertThat(progress.finishedAt()).isNotNull();
        assertThat(progress.rewrapped()).isEqualTo(4);
        assertThat(progress.total()).isEqualTo(4);
        assertThat(progress.remaining()).isZero();
    }

    /** As one does that is still there, or back, while others are of this release: it looks at connections only. */
    @ParameterizedTest
    @EnumSource(
            value = Store.class,
            names = {"WEBHOOKS", "CLIENTS"})
    void keepsARunOpenThatAReplicaOfTheReleaseBeforeWouldEnd(Store store) throws SQLException {
        store(store);
        workers.started();

        assertThat(endedByTheReleaseBefore()).isZero();
        assertThat(workers.progress().finishedAt()).isNull();
        assertThat(workers.progress().remaining()).isEqualTo(1);

        workers.turn();
        assertThat(workers.progress().finishedAt()).isNotNull();
        assertThat(workers.progress().rewrapped()).isEqualTo(1);
    }

    @Test
    void letsAReplicaOfTheReleaseBeforeEndWhatIsDone() throws SQLException {
        Rows.webhook(ALICE, "a");
        Rows.client("acme", "s");
        long run = workers.started();
        Rows.execute("insert into registry.providers (key, definition) values ('bare', '{\"key\": \"bare\"}')");
        Rows.execute("update registry.webhooks set rewrap_run = " + run);
        Rows.execute("update registry.providers set rewrap_run = " + run + " where has_client_secret");

        assertThat(endedByTheReleaseBefore()).isEqualTo(1);
        assertThat(workers.progress().finishedAt()).isNotNull();
    }

    private static int endedByTheReleaseBefore() throws SQLException {
        try (var jobs = PostgresResource.as("registry_jobs");
                var sql = jobs.createStatement()) {
            return sql.executeUpdate("""
                    update registry.rewrap_runs set finished_at = now()
                     where finished_at is null
                       and not exists (select from registry.connections where rewrap_run < run_number)""");
        }
    }

    /** One that ended before the upgrade had looked at connections alone. */
    @ParameterizedTest
    @EnumSource(
            value = Store.class,
            names = {"WEBHOOKS", "CLIENTS"})
    void isToldToRemainThoughTheRunIsFinishedWhenThatLeftItBehind(Store store) throws SQLException {
        store(store);
        Rows.execute("insert into registry.rewrap_runs (started_at, finished_at) values (now(), now())");

        RewrapProgress left = workers.progress();
        assertThat(left.remaining()).isEqualTo(1);
        assertThat(left.remainingWebhooks()).isEqualTo(store == Store.WEBHOOKS ? 1 : 0);
        assertThat(left.remainingClients()).isEqualTo(store == Store.CLIENTS ? 1 : 0);

        workers.started();
        workers.turn();
        assertThat(workers.progress().remaining()).isZero();
    }

    @Test
    void isTheNextRunsWhenItIsStoredAfterTheEnd() throws SQLException {
        workers.started();
        workers.turn();
        assertThat(workers.progress().finishedAt()).isNotNull();

        for (Store store : Store.values()) {
            store(store);
        }

        assertThat(workers.progress().remaining()).isZero();
        assertThat(workers.progress().total()).isZero();
    }

    @Test
    void isNamedToTheVaultByItsOwnerItsRecordAndItsPurpose() throws SQLException {
        UUID webhook = Rows.webhook(ALICE, "a");
        Rows.client("acme", "s");
        workers.started();

        workers.turn();

        Registry.peers()
                .verifyThat(
                        1,
                        ScriptedVault.calls()
                                .withHeader("X-On-Behalf-Of", equalTo(ALICE.toString()))
                                .withRequestBody(equalToJson("""
                                        {"items": [{"connection_id": "%s", "purpose": "webhook-secret", "envelope": %s}]}""".formatted(webhook, Rows.envelope("a")))));
        Registry.peers()
                .verifyThat(
                        1,
                        ScriptedVault.calls()
                                .withHeader("X-On-Behalf-Of", equalTo("00000000-0000-0000-0000-000000000001"))
                                .withRequestBody(equalToJson("""
                                        {"items": [{"connection_id": "%s", "purpose": "client-secret", "envelope": %s}]}""".formatted(RECORD_OF_ACME, Rows.envelope("s")))));
    }

    @ParameterizedTest
    @EnumSource(
            value = Store.class,
            names = {"WEBHOOKS", "CLIENTS"})
    void keepsARunOpenWhileAnotherWorkerHasItInHand(Store store) throws SQLException {
        store(store);
        long run = workers.started();
        assertThat(Workers.await(claims.claim(run, 100)).orElseThrow().store()).isEqualTo(store);

        workers.turn();
        assertThat(workers.progress().finishedAt()).isNull();
        assertThat(workers.progress().remaining()).isEqualTo(1);

        Rows.execute(store.sql("update {table} set rewrap_claimed_until = now() - interval '1 second'"));
        workers.turn();
        assertThat(workers.progress().finishedAt()).isNotNull();
        assertThat(workers.progress().rewrapped()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Store.class,
            names = {"WEBHOOKS", "CLIENTS"})
    void keepsTheEnvelopeThatWonAndHasThatRewrappedInstead(Store store) throws SQLException {
        store(store);
        ScriptedVault.renewsAfter(1500);
        workers.started();

        var turn = workers.worker().work().subscribeAsCompletionStage();
        await().until(() -> !ScriptedVault.requests().isEmpty());
        Rows.execute(store.sql("update {table} set {envelope} = '" + Rows.envelope("edited") + "'"));
        turn.join();

        assertThat(Rows.text(store.sql("select {envelope}->>'ciphertext' from {table}")))
                .isEqualTo("new-edited");
        assertThat(workers.progress().rewrapped()).isEqualTo(1);
        assertThat(workers.progress().finishedAt()).isNotNull();
    }

    @Test
    void failsAloneIsNamedAndIsTriedAgainByTheNextRun() throws SQLException {
        UUID webhook = Rows.webhook(ALICE, "bad");
        UUID good = Rows.webhook(ALICE, "good");
        Rows.client("acme", "bad");
        ScriptedVault.renewsBut(
                "bad", "{\"error\": {\"code\": \"decryption-failed\", \"detail\": \"It does not open.\"}}");
        workers.started();

        workers.turn();

        RewrapProgress progress = workers.progress();
        assertThat(progress.finishedAt()).isNotNull();
        assertThat(progress.failed()).isEqualTo(2);
        assertThat(progress.failedConnections()).isEmpty();
        assertThat(progress.failedWebhooks()).containsExactly(webhook);
        assertThat(progress.failedClients()).containsExactly("acme");
        assertThat(Rows.webhookCiphertext(good)).isEqualTo("new-good");

        ScriptedVault.renews();
        workers.started();
        workers.turn();

        assertThat(workers.progress().failed()).isZero();
        assertThat(Rows.webhookCiphertext(webhook)).isEqualTo("new-bad");
    }

    /** A vault of an earlier version rewraps connections only: a run that waited for it would never end. */
    @Test
    void failsWhereTheVaultDoesNotLetItBeRewrapped() throws SQLException {
        Rows.webhook(ALICE, "a");
        Rows.webhook(ALICE, "b");
        ScriptedVault.answers(aResponse()
                .withStatus(403)
                .withHeader("Content-Type", "application/problem+json")
                .withBody("""
                        {"status": 403, "code": "operation-not-allowed",
                         "detail": "The client connection-registry may not rewrap records for the purpose webhook-secret."}"""));
        workers.started();

        workers.turn();

        assertThat(workers.progress().failed()).isEqualTo(2);
        assertThat(workers.progress().failedWebhooks()).hasSize(2);
        assertThat(workers.progress().waitingForVault()).isFalse();
        assertThat(ScriptedVault.requests()).hasSize(1);
    }

    @Test
    void waitsForTheVaultAsConnectionsDo() throws SQLException {
        UUID webhook = Rows.webhook(ALICE, "a");
        ScriptedVault.isAway();
        workers.started();

        workers.turn();

        assertThat(workers.progress().waitingForVault()).isTrue();
        assertThat(workers.progress().remainingWebhooks()).isEqualTo(1);
        assertThat(Rows.text("select rewrap_claimed_until from registry.webhooks"))
                .isNull();
        ScriptedVault.renews();
        workers.turn();
        assertThat(Rows.webhookCiphertext(webhook)).isEqualTo("new-a");
    }

    @Test
    void countsTowardsTheRateThatConnectionsKeepTo() throws SQLException {
        for (int i = 0; i < 40; i++) {
            Rows.webhook(ALICE, "w" + i);
        }
        workers.started();
        Instant began = Instant.now();

        Workers.await(workers.worker(Workers.config(20, Duration.ZERO)).work());

        assertThat(Duration.between(began, Instant.now())).isBetween(Duration.ofMillis(1900), Duration.ofSeconds(30));
        assertThat(workers.progress().rewrapped()).isEqualTo(40);
    }

    private static void store(Store store) throws SQLException {
        switch (store) {
            case CONNECTIONS -> Rows.one(ALICE, "x");
            case WEBHOOKS -> Rows.webhook(ALICE, "x");
            case CLIENTS -> Rows.client("acme", "x");
        }
    }
}
