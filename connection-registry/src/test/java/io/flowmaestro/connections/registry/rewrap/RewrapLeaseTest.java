package io.flowmaestro.connections.registry.rewrap;

import static io.flowmaestro.connections.registry.Registry.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RegistryTest
class RewrapLeaseTest {

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
    void isLeftAloneUntilItLapses() throws SQLException {
        UUID id = Rows.one(ALICE, "held");
        long run = workers.started();
        Claim dead = Workers.await(claims.claim(run, 100)).orElseThrow();
        assertThat(dead.rows()).isEqualTo(Map.of(ALICE, List.of(id)));

        workers.turn();
        assertThat(Rows.ciphertext(id)).isEqualTo("held");
        assertThat(workers.progress().remaining()).isEqualTo(1);
        assertThat(workers.progress().finishedAt()).isNull();

        Rows.execute("update registry.connections set rewrap_claimed_until = now() - interval '1 second'");
        workers.turn();
        assertThat(Rows.ciphertext(id)).isEqualTo("new-held");
        assertThat(workers.progress().finishedAt()).isNotNull();
    }

    @Test
    void lastsHalfAMinuteByTheClockOfTheDatabase() throws SQLException {
        Rows.one(ALICE, "held");
        Workers.await(claims.claim(workers.started(), 100));

        assertThat(Rows.count(
                        "select extract(epoch from rewrap_claimed_until - now())::int" + " from registry.connections"))
                .isBetween(25L, 30L);
    }

    @Test
    void isReturnedByItsHolderOnly() throws SQLException {
        UUID id = Rows.one(ALICE, "held");
        long run = workers.started();
        Claim lapsed = Workers.await(claims.claim(run, 100)).orElseThrow();
        Rows.execute("update registry.connections set rewrap_claimed_until = now() - interval '1 second'");
        assertThat(Workers.await(claims.claim(run, 100))).isPresent();

        Workers.await(claims.release(lapsed, List.of(id)));

        assertThat(Workers.await(claims.claim(run, 100))).isEmpty();
    }

    @Test
    void letsTwoWorkersShareARunWithoutEverHavingTheSameRow() throws SQLException {
        Rows.many(20, 20);
        ScriptedVault.renewsAfter(60);
        workers.started();

        Stream.of(workers.worker(), workers.worker())
                .map(worker -> worker.work().subscribeAsCompletionStage())
                .toList()
                .forEach(CompletableFuture::join);
        workers.turn();

        assertThat(ScriptedVault.asked()).hasSize(400).doesNotHaveDuplicates();
        assertThat(workers.progress().rewrapped()).isEqualTo(400);
        assertThat(workers.progress().finishedAt()).isNotNull();
    }

    @Test
    void neverGivesOneRowToTwoOfManyClaims() throws SQLException {
        Rows.many(10, 50);
        long run = workers.started();

        List<UUID> claimed =
                Stream.generate(() -> claims.claim(run, 50).subscribeAsCompletionStage()).limit(12).toList().stream()
                        .flatMap(claim -> claim.join().stream())
                        .flatMap(claim -> claim.rows().values().stream())
                        .flatMap(List::stream)
                        .toList();

        assertThat(claimed).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(50);
    }
}
