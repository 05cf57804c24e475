package io.flowmaestro.connections.registry.connection;

import io.flowmaestro.connections.proof.Proof;
import java.util.concurrent.atomic.LongAdder;

/** What happened on the pool. */
final class PoolFigures {

    private static final int SHOWN = 20;

    final LongAdder queries = new LongAdder();
    final LongAdder succeeded = new LongAdder();
    final LongAdder cancelled = new LongAdder();
    final LongAdder timedOut = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder hungUp = new LongAdder();
    final LongAdder foreignRows = new LongAdder();
    final LongAdder looks = new LongAdder();
    final LongAdder settingsLeft = new LongAdder();
    final LongAdder rowsWithoutUser = new LongAdder();

    final LongAdder unexpected = new LongAdder();

    /** Something that ought to have succeeded; the first ones are printed. */
    void unexpected(Throwable failure) {
        unexpected.increment();
        if (unexpected.sum() <= SHOWN) {
            System.out.println("unexpected: " + failure);
        }
    }

    void into(Proof proof) {
        proof.figure("queries", queries)
                .figure("succeeded", succeeded)
                .figure("cancelled", cancelled)
                .figure("timed_out", timedOut)
                .figure("failed_on_purpose", failed)
                .figure("hung_up_over_http", hungUp)
                .figure("failed_unexpectedly", unexpected)
                .figure("foreign_rows", foreignRows)
                .figure("connections_looked_at", looks)
                .figure("tenant_settings_left", settingsLeft)
                .figure("rows_seen_without_user", rowsWithoutUser);
    }
}
