package io.flowmaestro.connections.registry.erasure;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Ends grants at the providers that gave them, once: nothing is queued. */
public interface GrantRevoker {

    /** How many grants one call takes. */
    int LARGEST_BATCH = 20;

    /**
     * What a connection holds.
     *
     * @param envelope of its tokens, JSON text
     */
    record Grant(UUID connection, String provider, String envelope) {
        @Override
        public String toString() {
            return "Grant[%s]".formatted(connection);
        }
    }

    /** What became of a grant. */
    enum Outcome {
        REVOKED,
        /** The provider has no way to do it. */
        NOT_OFFERED,
        /** The provider said no, or the vault does not open the tokens. */
        REFUSED,
        /** Nobody answered as they should, or in time. */
        UNREACHED
    }

    /** What became of each, by its connection. Takes about 10 s at most; fails while nobody is there to do it. */
    Uni<Map<UUID, Outcome>> revoke(UUID user, List<Grant> batch);
}
