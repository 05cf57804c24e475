package io.flowmaestro.connections.mcp.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StoppableTest {

    private final Stoppable stoppable = new Stoppable();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger told = new AtomicInteger();

    private Uni<String> endless() {
        begun.incrementAndGet();
        return Uni.createFrom().<String>nothing().onCancellation().invoke(told::incrementAndGet);
    }

    @Test
    void endsACallAndTellsItsServer() {
        var caller = stoppable.run(this::endless).subscribe().withSubscriber(UniAssertSubscriber.create());

        stoppable.stop(new CancellationException());

        caller.assertFailedWith(CancellationException.class);
        assertThat(told).hasValue(1);
    }

    @Test
    void doesNotBeginACallThatWasStoppedBefore() {
        stoppable.stop(new CancellationException());

        var caller = stoppable.run(this::endless).subscribe().withSubscriber(UniAssertSubscriber.create());

        caller.assertFailedWith(CancellationException.class);
        assertThat(begun).hasValue(0);
    }

    @Test
    void endsACallThatIsJustBeginning() {
        var caller = stoppable
                .run(() -> {
                    stoppable.stop(new CancellationException());
                    return endless();
                })
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());

        caller.assertFailedWith(CancellationException.class);
        assertThat(told).hasValue(1);
    }

    @Test
    void tellsAServerOnceWhenItsCallerLeavesToo() {
        var caller = stoppable.run(this::endless).subscribe().withSubscriber(UniAssertSubscriber.create());

        caller.cancel();
        stoppable.stop(new CancellationException());

        caller.assertNotTerminated();
        assertThat(told).hasValue(1);
    }

    @Test
    void endsOnceWhenTheAnswerComesMeanwhile() {
        for (int round = 0; round < 1_000; round++) {
            var raced = new Stoppable();
            var answer = new CompletableFuture<String>();
            var outcomes = new AtomicInteger();
            var _ = raced.run(() -> Uni.createFrom().completionStage(answer))
                    .subscribe()
                    .with(_ -> outcomes.incrementAndGet(), _ -> outcomes.incrementAndGet());

            var answering = CompletableFuture.runAsync(() -> answer.complete("answer"));
            raced.stop(new CancellationException());
            answering.join();

            assertThat(outcomes).hasValue(1);
        }
    }

    @Test
    void leavesAnAnswerAlone() {
        var caller = stoppable
                .run(() -> Uni.createFrom().item("answer"))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());

        stoppable.stop(new CancellationException());

        caller.assertItem("answer");
    }
}
