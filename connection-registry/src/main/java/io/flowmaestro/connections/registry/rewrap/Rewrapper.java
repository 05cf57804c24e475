package io.flowmaestro.connections.registry.rewrap;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.UUID;

/** Seals envelopes anew, with the newest version of their owner's key. No plaintext reaches the registry. */
public interface Rewrapper {

    /** How many envelopes one call takes. */
    int LARGEST_BATCH = 100;

    /**
     * Asks once and changes nothing, so asking again is safe. Never fails: whatever goes wrong is an answer.
     *
     * @param batch 1 to {@link #LARGEST_BATCH} envelopes of one store, all of them this user's
     */
    Uni<RewrapAnswer> rewrap(UUID user, List<SealedRow> batch);
}
