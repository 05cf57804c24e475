package io.flowmaestro.connections.registry.erasure;

import io.flowmaestro.connections.registry.erasure.GrantRevoker.Grant;
import java.util.ArrayList;
import java.util.List;

/** Cuts a user's grants into batches that oauth-broker takes: so many, and a body below its limit of 1 MiB. */
final class GrantBatches {

    private static final int LARGEST_TEXT = 768 * 1024;

    private GrantBatches() {}

    /** Keeps the order. A grant too large to share a batch gets one of its own. */
    static List<List<Grant>> of(List<Grant> grants) {
        List<List<Grant>> batches = new ArrayList<>();
        List<Grant> batch = new ArrayList<>();
        int text = 0;
        for (Grant grant : grants) {
            int more = grant.envelope().length();
            if (batch.size() == GrantRevoker.LARGEST_BATCH || (!batch.isEmpty() && text + more > LARGEST_TEXT)) {
                batches.add(batch);
                batch = new ArrayList<>();
                text = 0;
            }
            batch.add(grant);
            text += more;
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }
}
