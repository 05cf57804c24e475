package io.flowmaestro.connections.flight;

import io.smallrye.mutiny.Uni;

/**
 * Calls of peers that go on to their end when the caller hangs up. They are short, and cancelling one that still waits for a
 * pooled connection costs the REST client that connection until its time limit: callers who hang up would starve the rest.
 */
public final class Detached {

    private Detached() {}

    /** The same call, which nobody can cancel. */
    public static <T> Uni<T> call(Uni<T> call) {
        return call.memoize().indefinitely();
    }
}
