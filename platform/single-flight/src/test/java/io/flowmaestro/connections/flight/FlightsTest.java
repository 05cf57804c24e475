package io.flowmaestro.connections.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FlightsTest {

    private final Flights<String, Integer> flights = new Flights<>();
    private final AtomicInteger started = new AtomicInteger();
    private final CompletableFuture<Integer> work = new CompletableFuture<>();

    private Uni<Integer> start() {
        started.incrementAndGet();
        return Uni.createFrom().completionStage(work);
    }

    @Test
    void startsOnceForAllWhoComeMeanwhile() {
        var first = flights.join("a", this::start).subscribeAsCompletionStage();
        var second = flights.join("a", this::start).subscribeAsCompletionStage();
        work.complete(7);

        assertThat(first.join()).isEqualTo(7);
        assertThat(second.join()).isEqualTo(7);
        assertThat(started).hasValue(1);
    }

    @Test
    void goesOnWhenACallerHangsUp() {
        var first = flights.join("a", this::start).subscribeAsCompletionStage();
        var second = flights.join("a", this::start).subscribeAsCompletionStage();
        first.cancel(true);
        work.complete(7);

        assertThat(second.join()).isEqualTo(7);
    }

    @Test
    void keepsKeysApart() {
        var a = flights.join("a", this::start).subscribeAsCompletionStage();
        var b = flights.join("b", this::start).subscribeAsCompletionStage();

        assertThat(started).hasValue(2);
        assertThat(a).isNotDone();
        assertThat(b).isNotDone();
    }

    @Test
    void beginsAnewOnceTheWorkHasEnded() {
        work.complete(7);
        flights.join("a", this::start).await().indefinitely();
        flights.join("a", this::start).await().indefinitely();

        assertThat(started).hasValue(2);
    }

    @Test
    void tellsAllOfAFailureAndForgetsIt() {
        var first = flights.join("a", this::start).subscribeAsCompletionStage();
        work.completeExceptionally(new IllegalStateException("no"));

        assertThatThrownBy(first::join).hasRootCauseMessage("no");
        assertThat(flights.join("a", () -> Uni.createFrom().item(1)).await().indefinitely())
                .isEqualTo(1);
    }
}
