package io.flowmaestro.connections.mcp.client;

import io.smallrye.mutiny.Uni;

/** Opens conversations; the place where an era is chosen. */
interface Conversations {
    Uni<Conversation> open(Upstream upstream);
}
