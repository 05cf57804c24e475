package io.flowmaestro.connections.scheduled;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduler;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EndOfRoundsTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final Vertx vertx = Vertx.vertx();
    private final Rounds rounds = new Rounds();
    private final CountDownLatch paused = new CountDownLatch(1);

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Such a job would find its container gone. */
    @Test
    void waitsForJobsThatWereTriggeredAndHaveNotBegun() throws Exception {
        var blocked = new CompletableFuture<Void>();
        var begun = new AtomicInteger();
        var runs = new AtomicInteger();
        int loops = 0;
        for (var loop : ((VertxInternal) vertx).getEventLoopGroup()) {
            loops++;
            loop.execute(blocked::join);
            loop.execute(() -> {
                begun.incrementAndGet();
                var _ = rounds.run(() -> Uni.createFrom().voidItem().invoke(runs::incrementAndGet))
                        .subscribeAsCompletionStage();
            });
        }

        var stopped = CompletableFuture.runAsync(() -> finish(true));
        paused.await();
        assertThat(begun).hasValue(0);
        blocked.complete(null);

        assertThat(stopped).succeedsWithin(LONG);
        assertThat(begun).hasValue(loops);
        assertThat(runs).hasValue(0);
    }

    @Test
    void pausesNoSchedulerThatWasNeverStarted() {
        finish(false);
        assertThat(paused.getCount()).isOne();
        assertThat(rounds.isOver()).isTrue();
    }

    private void finish(boolean started) {
        new EndOfRounds(rounds, scheduler(started), vertx).finish(new ShutdownEvent());
    }

    private Scheduler scheduler(boolean started) {
        Class<?>[] type = {Scheduler.class};
        return (Scheduler)
                Proxy.newProxyInstance(getClass().getClassLoader(), type, (_, method, _) -> switch (method.getName()) {
                    case "isStarted" -> started;
                    case "pause" -> {
                        paused.countDown();
                        yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
