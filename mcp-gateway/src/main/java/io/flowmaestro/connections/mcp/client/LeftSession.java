package io.flowmaestro.connections.mcp.client;

import io.flowmaestro.connections.mcp.core.Conversation;
import io.flowmaestro.connections.mcp.core.Upstream;
import io.flowmaestro.connections.mcp.upstream.McpServer;
import io.smallrye.mutiny.Uni;

/** A session that is no longer used here, while its server may still keep it. */
public final class LeftSession {

    private final SessionKey key;
    private final Conversation conversation;

    LeftSession(SessionKey key, Conversation conversation) {
        this.key = key;
        this.conversation = conversation;
    }

    public SessionKey key() {
        return key;
    }

    /** Tells the server, given what the session was opened with. Takes 2 seconds at most, and never fails. */
    public Uni<Void> close(McpServer server) {
        return Uni.createFrom().deferred(() -> conversation.close(Upstream.of(server)));
    }
}
