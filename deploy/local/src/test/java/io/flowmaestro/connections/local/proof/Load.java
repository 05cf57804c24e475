package io.flowmaestro.connections.local.proof;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * Callers that read rows, have them opened, and now and then seal and store one anew, as the suite's services do. A
 * replica that is not there or says 503 is not asked again before the other one. A decrypt has failed when a stored record
 * opens on no replica within 30 s, is refused, or opens to something else.
 */
final class Load implements AutoCloseable {
    private static final int CALLERS = 4;
    private static final int SEALS_ONE_IN = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final LongAdder decrypts = new LongAdder();
    final LongAdder encrypts = new LongAdder();
    final LongAdder askedElsewhere = new LongAdder();
    final Queue<String> failed = new ConcurrentLinkedQueue<>();

    private final VaultSystem system;
    private final List<Sealed> records;
    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    private final List<Future<?>> running = new ArrayList<>();
    private volatile boolean over;

    private Load(VaultSystem system, List<Sealed> records) {
        this.system = system;
        this.records = records;
    }

    /** Begins. What is stored anew says something else from then on: the list of records is kept up to date. */
    static Load on(VaultSystem system, List<Sealed> records, long seed) {
        var load = new Load(system, records);
        for (int i = 0; i < CALLERS; i++) {
            int caller = i;
            load.running.add(load.callers.submit(() -> load.call(caller, new Random(seed + caller))));
        }
        return load;
    }

    /** Each caller has records of its own, so that it knows what they say. */
    private void call(int caller, Random random) {
        try (var sql = system.sql();
                var select = Rows.select(sql)) {
            while (!over) {
                int index = random.nextInt(records.size() / CALLERS) * CALLERS + caller;
                if (random.nextInt(SEALS_ONE_IN) == 0) {
                    sealAnew(sql, index, random);
                } else {
                    open(select, records.get(index), random);
                }
            }
        } catch (SQLException failure) {
            failed.add("the row could not be read: " + failure);
        }
    }

    private void open(PreparedStatement select, Sealed record, Random random) throws SQLException {
        var envelope = Rows.read(select, record);
        var answer = answered(random, vault -> tried(() -> vault.decrypt(record.user(), record.toOpen(envelope))));
        decrypts.increment();
        if (answer.isEmpty()
                || answer.get().status() != 200
                || !record.isIn(answer.get().data())) {
            failed.add(record.connection() + " version " + envelope.getInteger("key_version") + ": "
                    + answer.map(Answer::body).orElse("nobody answered"));
        }
    }

    private void sealAnew(Connection sql, int index, Random random) throws SQLException {
        var record = records.get(index).saying(system.canary + " anew " + UUID.randomUUID());
        var answer = answered(random, vault -> tried(() -> vault.encrypt(record.user(), record)));
        encrypts.increment();
        if (answer.isEmpty() || answer.get().status() != 200) {
            failed.add(record.connection() + " not sealed: "
                    + answer.map(Answer::body).orElse("nobody answered"));
            return;
        }
        store(sql, record, Rows.envelope(answer.get().data()));
        records.set(index, record);
    }

    private static void store(Connection sql, Sealed record, JsonObject envelope) throws SQLException {
        try (var update = sql.prepareStatement("update registry.connections set data = ?::jsonb where id = ?")) {
            update.setString(1, envelope.encode());
            update.setObject(2, record.connection());
            update.executeUpdate();
        }
    }

    /** By whichever replica answers. */
    private Optional<Answer> answered(Random random, Function<ServiceClient, Optional<Answer>> call) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        for (int turn = random.nextInt(2); System.nanoTime() < deadline; turn++) {
            var answer = call.apply(system.replicas().get(turn % 2).client());
            if (answer.filter(given -> given.status() != 503).isPresent()) {
                return answer;
            }
            askedElsewhere.increment();
            pause();
        }
        return Optional.empty();
    }

    private interface Call {
        Answer send() throws IOException, InterruptedException;
    }

    private static Optional<Answer> tried(Call call) {
        try {
            return Optional.of(call.send());
        } catch (IOException gone) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it; a caller that ended by a defect of its own fails the proof. */
    @Override
    public void close() throws Exception {
        over = true;
        callers.shutdown();
        for (var caller : running) {
            caller.get();
        }
    }
}
