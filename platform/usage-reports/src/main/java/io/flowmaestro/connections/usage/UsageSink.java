package io.flowmaestro.connections.usage;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Where events go. Fails with {@link BatchRefused} for what can never be accepted; whatever else fails is sent again. */
interface UsageSink {

    /** Sends 1 to {@link Shipment#LARGEST} events, of one user or of several. Takes a bounded time. */
    Uni<Void> send(List<UsageEvent> events);
}
