package io.flowmaestro.connections.vault.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The findings of one verification: all are counted, the first hundred are kept. */
final class Findings {

    private static final int MOST_KEPT = 100;

    private final List<Finding> kept = new ArrayList<>();
    private @Nullable Finding last;
    private long count;

    /**
     * The same thing may be seen more than once, as by several checkpoints of one chain. It counts once; beyond those that
     * are kept, only when it is seen in a row.
     */
    void add(UUID writerId, long sequence, FindingProblem problem, String detail) {
        var finding = new Finding(writerId, sequence, problem, detail);
        if ((last != null && finding.repeats(last)) || kept.stream().anyMatch(finding::repeats)) {
            return;
        }
        last = finding;
        count++;
        if (kept.size() < MOST_KEPT) {
            kept.add(finding);
        }
    }

    long count() {
        return count;
    }

    List<Finding> kept() {
        return List.copyOf(kept);
    }
}
