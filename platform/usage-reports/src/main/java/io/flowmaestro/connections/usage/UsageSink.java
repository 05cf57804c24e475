package io.flowmaestro.connections.usage;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.UUID;

/** Where events go. Fails with {@link BatchRefused} for what can never be accepted; whatever else fails is sent again. */
interface UsageSink {

    /** Sends 1 to {@link Outbox#LARGEST_BATCH} events of one user. Takes a bounded time. */
    Uni<Void> send(UUID user, List<UsageEvent> events);
}
