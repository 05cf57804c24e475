package io.flowmaestro.connections.registry.rewrap;

import java.util.ArrayList;
import java.util.List;

/** Cuts a user's rows into batches that the vault takes: so many items, and a body below its limit of 1 MiB. */
final class Batches {

    private static final int LARGEST_TEXT = 768 * 1024;

    private Batches() {}

    /** Keeps the order. A row too large to share a batch gets one of its own. */
    static List<List<SealedRow>> of(List<SealedRow> rows) {
        List<List<SealedRow>> batches = new ArrayList<>();
        List<SealedRow> batch = new ArrayList<>();
        int text = 0;
        for (SealedRow row : rows) {
            int more = row.envelope().length();
            if (batch.size() == Rewrapper.LARGEST_BATCH || (!batch.isEmpty() && text + more > LARGEST_TEXT)) {
                batches.add(batch);
                batch = new ArrayList<>();
                text = 0;
            }
            batch.add(row);
            text += more;
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }
}
