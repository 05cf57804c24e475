package io.flowmaestro.connections.local.proof;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Callers that accept two kinds of answers: a good one, and 503 with Retry-After. They seal for new users and for known
 * ones, and open what they sealed.
 */
final class StrictLoad implements AutoCloseable {
    /** The vault gives up on PostgreSQL after five seconds, for the key and once more for the record. */
    static final long LONGEST_MILLIS = 15_000;

    private static final int CALLERS = 8;
    private static final long PAUSE_MILLIS = 5;

    record Acknowledged(Sealed record, JsonObject envelope) {}

    final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    final LongAdder unavailable = new LongAdder();
    final Queue<String> others = new ConcurrentLinkedQueue<>();
    final AtomicLong longestMillis = new AtomicLong();

    private final VaultSystem system;
    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    private final List<Future<?>> running = new ArrayList<>();
    private volatile boolean over;

    private StrictLoad(VaultSystem system) {
        this.system = system;
    }

    static StrictLoad on(VaultSystem system, long seed) {
        var load = new StrictLoad(system);
        for (int i = 0; i < CALLERS; i++) {
            var random = new Random(seed + i);
            load.running.add(load.callers.submit(() -> load.call(random)));
        }
        return load;
    }

    private void call(Random random) {
        var user = UUID.randomUUID();
        while (!over) {
            user = random.nextInt(10) == 0 ? UUID.randomUUID() : user;
            var record = new Sealed(user, UUID.randomUUID(), system.canary + " " + random.nextLong());
            var vault = system.replicas().get(random.nextInt(2)).client();
            try {
                seal(vault, record);
                Thread.sleep(PAUSE_MILLIS);
            } catch (IOException hung) {
                others.add(hung.toString());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void seal(ServiceClient vault, Sealed record) throws IOException, InterruptedException {
        var sealed = timed(() -> vault.encrypt(record.user(), record));
        if (!isGood(sealed)) {
            return;
        }
        var envelope = Rows.envelope(sealed.data());
        acknowledged.add(new Acknowledged(record, envelope));
        var opened = timed(() -> vault.decrypt(record.user(), record.toOpen(envelope)));
        if (isGood(opened) && !record.isIn(opened.data())) {
            others.add("opened to something else: " + record.connection());
        }
    }

    private interface Call {
        Answer send() throws IOException, InterruptedException;
    }

    private Answer timed(Call call) throws IOException, InterruptedException {
        var began = System.nanoTime();
        try {
            return call.send();
        } finally {
            longestMillis.accumulateAndGet((System.nanoTime() - began) / 1_000_000, Math::max);
        }
    }

    private boolean isGood(Answer answer) {
        if (answer.status() == 503 && answer.retryAfter().isPresent()) {
            unavailable.increment();
        } else if (answer.status() != 200) {
            others.add(answer.status() + " retry-after=" + answer.retryAfter() + ": " + answer.body());
        }
        return answer.status() == 200;
    }

    @Override
    public void close() throws InterruptedException, ExecutionException {
        over = true;
        callers.shutdown();
        for (var caller : running) {
            caller.get();
        }
    }
}
