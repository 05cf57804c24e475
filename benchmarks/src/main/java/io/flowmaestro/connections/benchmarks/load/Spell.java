package io.flowmaestro.connections.benchmarks.load;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Arrays;

/** The lanes of one spell of load. All of it happens on one event loop. */
final class Spell {

    private static final int FIRST_ROOM = 1 << 14;

    private final LoadClient client;
    private final Target target;
    private final long deadline;
    private final Promise<Sample> done = Promise.promise();
    private long[] latencies = new long[FIRST_ROOM];
    private int answered;
    private int sent;
    private int lanes;
    private long started;

    Spell(LoadClient client, Target target, long deadline) {
        this.client = client;
        this.target = target;
        this.deadline = deadline;
    }

    Future<Sample> start(Context loop, int concurrency) {
        loop.runOnContext(_ -> {
            started = System.nanoTime();
            lanes = concurrency;
            for (int lane = 0; lane < concurrency; lane++) {
                next();
            }
        });
        return done.future();
    }

    private void next() {
        long start = System.nanoTime();
        if (start - deadline >= 0) {
            end(start);
            return;
        }
        client.send(target, call()).onSuccess(_ -> answered(start)).onFailure(done::tryFail);
    }

    private void answered(long start) {
        if (answered == latencies.length) {
            latencies = Arrays.copyOf(latencies, 2 * answered);
        }
        latencies[answered++] = System.nanoTime() - start;
        next();
    }

    private void end(long now) {
        lanes--;
        if (lanes == 0) {
            var all = Arrays.copyOf(latencies, answered);
            Arrays.sort(all);
            done.tryComplete(new Sample(now - started, all));
        }
    }

    private Target.Call call() {
        return target.calls().get(sent++ % target.calls().size());
    }
}
