package io.flowmaestro.connections.usage;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Sends what has come in, of many users at once. Any thread may add an event; everything else happens on the loop. */
final class Deliveries {

    static final Duration LONGEST_WAIT = Duration.ofMillis(250);

    /** So many are not left to wait: a busy replica has them in less than that. */
    static final int MOST_WAITING = 2_500;

    static final int REQUESTS_AT_ONCE = 8;

    private static final Logger LOG = Logger.getLogger(Deliveries.class);

    private final UsageSink sink;
    private final Room room;
    private final UsageMetrics metrics;
    private final Backoff backoff;
    private final Loop loop;
    private final Queue<UsageEvent> arrivals = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean flushIsDue = new AtomicBoolean();
    private final AtomicInteger arrived = new AtomicInteger();
    private final Outboxes outboxes = new Outboxes();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private int underWay;
    private boolean closing;
    private boolean away;

    Deliveries(UsageSink sink, Room room, UsageMetrics metrics, Backoff backoff, Loop loop) {
        this.sink = sink;
        this.room = room;
        this.metrics = metrics;
        this.backoff = backoff;
        this.loop = loop;
    }

    /** The event has a place in the room already. */
    void accept(UsageEvent event) {
        arrivals.add(event);
        if (arrived.incrementAndGet() == MOST_WAITING) {
            loop.run(this::flush);
        } else if (flushIsDue.compareAndSet(false, true)) {
            loop.runIn(LONGEST_WAIT, this::flush);
        }
    }

    /** The flag first: an event that comes in between asks for a flush of its own. */
    private void flush() {
        flushIsDue.set(false);
        arrived.set(0);
        takeIn();
        sendNext();
    }

    private void takeIn() {
        var window = new Window();
        for (var event = arrivals.poll(); event != null; event = arrivals.poll()) {
            window.add(event);
        }
        window.events().forEach(outboxes::add);
        metrics.folded(window.folded());
        room.free(window.folded());
    }

    private void sendNext() {
        while (underWay < REQUESTS_AT_ONCE) {
            var next = outboxes.next();
            if (next.isEmpty()) {
                break;
            }
            send(next.get());
        }
        if (closing && outboxes.events() == 0) {
            closed.complete(0);
        }
    }

    private void send(Shipment shipment) {
        underWay++;
        var _ = Uni.createFrom()
                .deferred(() -> sink.send(shipment.events()))
                .subscribeAsCompletionStage()
                .whenComplete((_, failure) -> loop.run(() -> settle(shipment, failure)));
    }

    private void settle(Shipment shipment, @Nullable Throwable failure) {
        underWay--;
        for (var part : shipment.parts()) {
            part.outbox().end();
            if (failure != null && shipment.isShared()) {
                part.outbox().part();
            }
            settle(part.outbox(), part.batch(), failure, shipment.isShared());
        }
        sendNext();
    }

    private void settle(Outbox outbox, List<UsageEvent> batch, @Nullable Throwable failure, boolean shared) {
        switch (failure) {
            case null -> delivered(outbox, batch);
            case BatchRefused _ when shared && !outbox.isForgotten() -> outboxes.giveBack(outbox);
            case BatchRefused _
            when batch.size() > 1 && !outbox.isForgotten() -> {
                outbox.narrow(batch.size());
                outboxes.giveBack(outbox);
            }
            case BatchRefused _ -> drop(outbox, batch);
            default -> failed(outbox, batch, failure);
        }
    }

    private void delivered(Outbox outbox, List<UsageEvent> batch) {
        if (away) {
            away = false;
            LOG.info("Usage events are delivered again");
        }
        metrics.delivered(batch.size());
        done(outbox, batch);
    }

    private void drop(Outbox outbox, List<UsageEvent> batch) {
        batch.forEach(event -> LOG.errorf(
                "The registry refused a usage event for good, and it is dropped: event %s of user %s on connection %s",
                event.id(), event.user(), event.connection()));
        metrics.dropped(batch.size());
        done(outbox, batch);
    }

    private void done(Outbox outbox, List<UsageEvent> batch) {
        room.free(batch.size());
        outbox.settled(batch);
        outboxes.giveBack(outbox);
    }

    private void failed(Outbox outbox, List<UsageEvent> batch, Throwable failure) {
        if (outbox.isForgotten()) {
            metrics.dropped(batch.size());
            room.free(batch.size());
            return;
        }
        if (!away) {
            away = true;
            LOG.warnf("Usage events are not delivered, and wait: %s", failure);
        }
        loop.runIn(backoff.after(outbox.pause()), () -> {
            outboxes.resume(outbox);
            sendNext();
        });
    }

    /** Drops what waits of a user, and tells how much that was. A batch under way arrives, or is not sent again. */
    void forget(UUID user, IntConsumer then) {
        loop.run(() -> {
            takeIn();
            then.accept(outboxes.forget(user).map(this::discard).orElse(0));
        });
    }

    private int discard(Outbox outbox) {
        int idle = outbox.idle();
        metrics.dropped(idle);
        room.free(idle);
        return idle;
    }

    /** Sends what is left without waiting, and tells how many events had not arrived when the time was over. */
    CompletableFuture<Integer> close(Duration bound) {
        loop.run(() -> {
            closing = true;
            takeIn();
            outboxes.hurry();
            sendNext();
        });
        loop.runIn(bound, () -> closed.complete(outboxes.events()));
        return closed;
    }
}
