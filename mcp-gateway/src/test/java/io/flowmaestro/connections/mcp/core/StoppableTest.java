package io.flowmaestro.connections.mcp.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.util.concurrent.CancellationException;
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
    void leavesAnAnswerAlone() {
        var caller = stoppable
                .run(() -> Uni.createFrom().item("answer"))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());

        stoppable.stop(new CancellationException());

        caller.assertItem("answer");
    }
}
