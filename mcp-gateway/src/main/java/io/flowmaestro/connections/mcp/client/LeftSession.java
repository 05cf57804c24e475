package io.flowmaestro.connections.mcp.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.mcp.core.Conversation;
import io.flowmaestro.connections.mcp.core.Upstream;
import io.flowmaestro.connections.mcp.upstream.McpServer;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A session that is no longer used here, while its server may still keep it. */
public final class LeftSession {

    private final SessionKey key;
    private final Conversation conversation;
    private final @Nullable JsonNode envelope;

    LeftSession(SessionKey key, Conversation conversation, @Nullable JsonNode envelope) {
        this.key = key;
        this.conversation = conversation;
        this.envelope = envelope;
    }

    public SessionKey key() {
        return key;
    }

    /** The sealed data to open for {@link #close}; empty where there is nothing to close. */
    public Optional<JsonNode> envelope() {
        return conversation.isKeptByServer() ? Optional.ofNullable(envelope) : Optional.empty();
    }

    /** Tells the server, given what the session was opened with. Takes 2 seconds at most, and never fails. */
    public Uni<Void> close(McpServer server) {
        return Uni.createFrom().deferred(() -> conversation.close(Upstream.of(server)));
    }
}
