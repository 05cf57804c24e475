package io.flowmaestro.connections.scheduled;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final Rounds rounds = new Rounds();
    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void runARoundWheneverItIsDue() {
        var round = rounds.run(counted(() -> null));
        round.await().atMost(LONG);
        round.await().atMost(LONG);
        assertThat(runs).hasValue(2);
        assertThat(rounds.isOver()).isFalse();
    }

    @Test
    void beginNoneOnceTheServiceStops() {
        rounds.stop();
        rounds.run(counted(() -> null)).await().atMost(LONG);
        assertThat(runs).hasValue(0);
        assertThat(rounds.isOver()).isTrue();
    }

    @Test
    void goOnWhileThereIsSomethingToDo() {
        rounds.runWhileAny(counted(() -> 3 - runs.get())).await().atMost(LONG);
        assertThat(runs).hasValue(3);
    }

    @Test
    void doNotGoOnOnceTheServiceStops() {
        rounds.runWhileAny(counted(() -> {
                    rounds.stop();
                    return 1;
                }))
                .await()
                .atMost(LONG);
        assertThat(runs).hasValue(1);
    }

    @Test
    void areWaitedForUntilTheyHaveEnded() {
        var end = new CompletableFuture<Void>();
        var round = rounds.run(() -> Uni.createFrom().completionStage(end)).subscribeAsCompletionStage();
        rounds.stop();

        var waiting = CompletableFuture.runAsync(rounds::await);
        assertThat(waiting).isNotDone();
        end.complete(null);

        assertThat(waiting).succeedsWithin(LONG);
        assertThat(round).isCompleted();
    }

    private <T> Supplier<Uni<T>> counted(Supplier<T> result) {
        return () -> {
            runs.incrementAndGet();
            return Uni.createFrom().item(result);
        };
    }
}
