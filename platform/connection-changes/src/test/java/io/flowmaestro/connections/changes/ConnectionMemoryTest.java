package io.flowmaestro.connections.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionMemoryTest {

    private static final UUID ALICE = UUID.randomUUID();
    private static final UUID BOB = UUID.randomUUID();

    private final UUID connection = UUID.randomUUID();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final ConnectionChanges changes = new ConnectionChanges(clock);
    private final ConnectionMemory<String> memory =
            new ConnectionMemory<>(changes, "test", Duration.ofSeconds(30), new SimpleMeterRegistry());

    private final List<UniEmitter<? super String>> answers = new ArrayList<>();
    private int begun;

    @BeforeEach
    void hear() {
        changes.proven();
    }

    private void read(UUID user, String opened) {
        memory.read(user, connection, () -> Uni.createFrom().item(opened))
                .await()
                .indefinitely();
    }

    @Test
    void givesBackWhatWasRead() {
        assertThat(memory.find(ALICE, connection)).isEmpty();
        read(ALICE, "k1");
        assertThat(memory.find(ALICE, connection)).contains("k1");
    }

    @Test
    void givesNobodyWhatIsAnothers() {
        read(ALICE, "k1");
        assertThat(memory.find(BOB, connection)).isEmpty();
    }

    @Test
    void forgetsWhatChanged() {
        read(ALICE, "k1");
        changes.changed(connection);
        assertThat(memory.find(ALICE, connection)).isEmpty();
    }

    @Test
    void keepsWhatIsOfAnotherConnection() {
        read(ALICE, "k1");
        changes.changed(UUID.randomUUID());
        assertThat(memory.find(ALICE, connection)).contains("k1");
    }

    @Test
    void doesNotKeepWhatChangedWhileItWasRead() {
        memory.read(ALICE, connection, () -> {
                    changes.changed(connection);
                    return Uni.createFrom().item("old");
                })
                .await()
                .indefinitely();
        assertThat(memory.find(ALICE, connection)).isEmpty();
    }

    @Test
    void doesNotKeepWhatWasReadAcrossAGap() {
        memory.read(ALICE, connection, () -> {
                    changes.gap();
                    changes.proven();
                    return Uni.createFrom().item("old");
                })
                .await()
                .indefinitely();
        assertThat(memory.find(ALICE, connection)).isEmpty();
    }

    @Test
    void isReadOnceForCallersAtTheSameMoment() {
        var first = begin(ALICE);
        var second = begin(ALICE);
        answer("k1");
        assertThat(begun).isEqualTo(1);
        assertThat(first.getItem()).isEqualTo("k1");
        assertThat(second.getItem()).isEqualTo("k1");
    }

    @Test
    void isReadForEachUser() {
        begin(ALICE);
        begin(BOB);
        assertThat(begun).isEqualTo(2);
    }

    @Test
    void isReadAnewByWhoComesAfterAChange() {
        begin(ALICE);
        changes.changed(connection);
        begin(ALICE);
        assertThat(begun).isEqualTo(2);
    }

    @Test
    void isReadAnewByWhoComesAfterAGap() {
        begin(ALICE);
        changes.gap();
        changes.proven();
        begin(ALICE);
        assertThat(begun).isEqualTo(2);
    }

    @Test
    void isReadByEachCallerWhileNothingIsHeard() {
        changes.gap();
        begin(ALICE);
        begin(ALICE);
        assertThat(begun).isEqualTo(2);
    }

    @Test
    void isReadAnewAfterAFailureThatAllCallersSaw() {
        var first = begin(ALICE);
        var second = begin(ALICE);
        answers.forEach(answer -> answer.fail(new IllegalStateException("away")));
        assertThat(first.getFailure()).hasMessage("away");
        assertThat(second.getFailure()).hasMessage("away");
        begin(ALICE);
        assertThat(begun).isEqualTo(2);
    }

    @Test
    void goesOnForTheOthersWhenTheFirstCallerHangsUp() {
        begin(ALICE).cancel();
        var second = begin(ALICE);
        answer("k1");
        assertThat(begun).isEqualTo(1);
        assertThat(second.getItem()).isEqualTo("k1");
    }

    private UniAssertSubscriber<String> begin(UUID user) {
        return memory.read(user, connection, () -> {
                    begun++;
                    return Uni.createFrom().<String>emitter(answers::add);
                })
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }

    private void answer(String opened) {
        answers.forEach(answer -> answer.complete(opened));
    }

    @Test
    void isOfNoUseWhileNothingIsHeard() {
        read(ALICE, "k1");
        now.updateAndGet(instant -> instant.plusSeconds(4));
        assertThat(memory.find(ALICE, connection)).isEmpty();
        changes.proven();
        assertThat(memory.find(ALICE, connection)).contains("k1");
    }

    @Test
    void isEmptyAfterAGap() {
        read(ALICE, "k1");
        changes.gap();
        changes.proven();
        assertThat(memory.find(ALICE, connection)).isEmpty();
    }
}
