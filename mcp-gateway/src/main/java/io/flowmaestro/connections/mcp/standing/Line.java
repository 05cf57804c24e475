package io.flowmaestro.connections.mcp.standing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.core.Upstream;
import io.smallrye.mutiny.Uni;

/** The way to the server; what comes back from it goes to an {@link Inbox}. */
interface Line {

    /** Fails with {@code SessionLost} when the message was certainly not taken. */
    Uni<Void> send(Upstream upstream, ObjectNode message);

    /** Lets go of the connection. Safe to repeat. */
    void drop();
}
