package io.flowmaestro.connections.registry.connection;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** One user who does one thing after the other, and is not always patient. */
final class PoolUser {

    /** Longer than anything takes that gets a connection at all. */
    private static final long PATIENCE_SECONDS = 30;

    private final Vertx vertx;
    private final Context context;
    private final PoolWork work;
    private final UUID user;
    private final RandomGenerator random;
    private final PoolFigures figures;

    PoolUser(Vertx vertx, PoolWork work, UUID user, RandomGenerator random, PoolFigures figures) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.work = work;
        this.user = user;
        this.random = random;
        this.figures = figures;
    }

    void run(long times) throws Exception {
        for (long i = 0; i < times; i++) {
            figures.queries.increment();
            switch (random.nextInt(40)) {
                case 0 -> cancelled(later(() -> work.slow(user, random)));
                case 1, 2 -> cancelled(later(() -> work.any(user, random)));
                case 3 -> timedOut(later(() -> work.slow(user, random)));
                case 4, 5 -> failed(later(() -> work.failing(user, random)));
                default -> succeeded(later(() -> work.any(user, random)));
            }
        }
    }

    /** Begun on the context that it is done on. */
    private static Uni<Long> later(Supplier<Uni<? extends Long>> query) {
        return Uni.createFrom().deferred(query);
    }

    private void succeeded(Uni<Long> query) throws Exception {
        try {
            figures.foreignRows.add(started(query).get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            figures.succeeded.increment();
        } catch (ExecutionException | java.util.concurrent.TimeoutException failure) {
            figures.unexpected(failure);
        }
    }

    private void failed(Uni<Long> query) throws Exception {
        try {
            started(query).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            figures.unexpected(new IllegalStateException("what had to fail succeeded"));
        } catch (ExecutionException expected) {
            figures.failed.increment();
        }
    }

    private void timedOut(Uni<Long> query) throws Exception {
        var bounded = query.ifNoItem()
                .after(Duration.ofMillis(1 + random.nextInt(12)))
                .fail();
        try {
            started(bounded).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            (failure.getCause() instanceof TimeoutException ? figures.timedOut : figures.failed).increment();
        }
    }

    /** The caller leaves; whatever is under way has to end by itself. */
    private void cancelled(Uni<Long> query) throws Exception {
        int after = random.nextInt(random.nextBoolean() ? 6 : 40);
        var left = new CompletableFuture<Void>();
        onItsOwnContext(() -> {
            Cancellable subscription = query.subscribe().with(figures.foreignRows::add, _ -> {});
            if (after == 0) {
                subscription.cancel();
                left.complete(null);
            } else {
                vertx.setTimer(after, _ -> {
                    subscription.cancel();
                    left.complete(null);
                });
            }
        });
        left.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        figures.cancelled.increment();
    }

    private CompletableFuture<Long> started(Uni<Long> query) {
        var answer = new CompletableFuture<Long>();
        onItsOwnContext(() -> query.subscribe().with(answer::complete, answer::completeExceptionally));
        return answer;
    }

    /** As a request has one: a session stays on it. */
    private void onItsOwnContext(Runnable task) {
        Context own = VertxContext.createNewDuplicatedContext(context);
        VertxContextSafetyToggle.setContextSafe(own, true);
        own.runOnContext(_ -> task.run());
    }
}
