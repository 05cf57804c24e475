package io.flowmaestro.connections.oauth.flight;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FlightsTest {

    private final Flights<String, String> flights = new Flights<>();
    private final AtomicInteger starts = new AtomicInteger();
    private final List<UniEmitter<? super String>> running = new ArrayList<>();

    private Uni<String> work() {
        starts.incrementAndGet();
        return Uni.createFrom().emitter(running::add);
    }

    @Test
    void callersOfOneKeyShareOneRun() {
        var first = flights.join("a", this::work).subscribeAsCompletionStage();
        var second = flights.join("a", this::work).subscribeAsCompletionStage();
        running.getFirst().complete("done");
        assertThat(first).isCompletedWithValue("done");
        assertThat(second).isCompletedWithValue("done");
        assertThat(starts).hasValue(1);
    }

    @Test
    void theNextCallerStartsAnew() {
        var _ = flights.join("a", this::work).subscribeAsCompletionStage();
        running.getFirst().complete("done");
        var _ = flights.join("a", this::work).subscribeAsCompletionStage();
        assertThat(starts).hasValue(2);
    }

    @Test
    void aCallerThatHangsUpDoesNotStopTheRun() {
        var first = flights.join("a", this::work).subscribeAsCompletionStage();
        first.cancel(true);
        var second = flights.join("a", this::work).subscribeAsCompletionStage();
        running.getFirst().complete("done");
        assertThat(second).isCompletedWithValue("done");
        assertThat(starts).hasValue(1);
    }

    @Test
    void aFailureIsSharedAndForgotten() {
        var first = flights.join("a", this::work).subscribeAsCompletionStage();
        running.getFirst().fail(new IllegalStateException("no"));
        assertThat(first).isCompletedExceptionally();
        var _ = flights.join("a", this::work).subscribeAsCompletionStage();
        assertThat(starts).hasValue(2);
    }
}
