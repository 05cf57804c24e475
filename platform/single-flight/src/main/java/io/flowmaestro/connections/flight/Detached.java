package io.flowmaestro.connections.flight;

import io.smallrye.mutiny.Uni;

/**
 * Work that goes on to its end when the caller hangs up. Cancelling a call of a peer that still waits for a pooled connection
 * costs the REST client that connection until its time limit, so that callers who hang up would starve the rest; and a
 * transaction must not be torn from a session that works on it. Both are short.
 */
public final class Detached {

    private Detached() {}

    /** The same work, which nobody can cancel. */
    public static <T> Uni<T> call(Uni<T> call) {
        return call.memoize().indefinitely();
    }
}
