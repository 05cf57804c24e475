package io.flowmaestro.connections.registry.event;

import io.quarkus.arc.Arc;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.UUID;

/** The event list, for proofs in other packages. */
public final class EventWork {

    private EventWork() {}

    /** Of which connections the newest events of the user's are. */
    public static Uni<List<UUID>> connections(UUID user, int limit) {
        return Arc.container()
                .instance(EventReads.class)
                .get()
                .page(user, new EventQuery(null, null, null, null, limit, null))
                .map(page -> page.events().stream().map(EventView::connectionId).toList());
    }
}
