package io.flowmaestro.connections.mcp.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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
    void tellsAServerWhoseCallerLeavesWhileItsCallBegins() {
        var caller = UniAssertSubscriber.<String>create();
        stoppable
                .run(() -> {
                    caller.cancel();
                    return endless();
                })
                .subscribe()
                .withSubscriber(caller);

        assertThat(told).hasValue(1);
    }

    @Test
    void endsACallBeforeWhatItBringsAtItsBeginning() {
        var caller = stoppable
                .run(() -> {
                    stoppable.stop(new CancellationException());
                    return Uni.createFrom().item("answer");
                })
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());

        caller.assertFailedWith(CancellationException.class);
    }

    @Test
    void hasOneOutcomeWhenTheAnswerComesMeanwhile() {
        var answers = new AtomicInteger();
        var ends = new AtomicInteger();
        for (int round = 0; round < 1_000; round++) {
            var raced = new Stoppable();
            var answer = new AtomicReference<UniEmitter<? super String>>();
            var cancelled = new AtomicInteger();
            var _ = raced.run(() -> Uni.createFrom()
                            .<String>emitter(answer::set)
                            .onCancellation()
                            .invoke(cancelled::incrementAndGet))
                    .subscribe()
                    .with(_ -> answers.incrementAndGet(), _ -> ends.incrementAndGet());
            var together = new CyclicBarrier(2);
            int headStart = round % 21 - 10;

            var answering = CompletableFuture.runAsync(() -> {
                await(together, Math.max(0, headStart));
                answer.get().complete("answer");
            });
            await(together, Math.max(0, -headStart));
            raced.stop(new CancellationException());
            answering.join();

            assertThat(answers.get() + ends.get()).isEqualTo(round + 1);
            assertThat(cancelled.get()).isLessThanOrEqualTo(1);
        }
        assertThat(answers).hasPositiveValue();
        assertThat(ends).hasPositiveValue();
    }

    private static void await(CyclicBarrier together, int microseconds) {
        try {
            together.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
        for (long end = System.nanoTime() + microseconds * 1_000L; System.nanoTime() < end; ) {
            Thread.onSpinWait();
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
