package io.flowmaestro.connections.mcp.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;

/** Opens conversations. */
public interface Conversations {

    /** Takes the client capabilities that the server is told of. */
    Uni<Conversation> open(Upstream upstream, ObjectNode capabilities);
}
