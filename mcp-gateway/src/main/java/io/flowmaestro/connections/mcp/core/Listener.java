package io.flowmaestro.connections.mcp.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * Whoever made a call, and hears what the server says before it answers. Liveness ({@code ping}) is answered for all
 * listeners and reaches none.
 */
public interface Listener {

    /** Hears nothing, offers nothing and refuses what it is asked. */
    Listener NONE = new Listener() {};

    /** The MCP client capabilities that the server is told of. Callers with different ones never share a session. */
    default ObjectNode capabilities() {
        return McpJson.object();
    }

    /**
     * Whether results that ask for input (2026-07-28) come back as they are, for a caller who gives the input with a call
     * of its own; else the questions in them are asked here.
     */
    default boolean relaysInput() {
        return false;
    }

    /**
     * Whether the caller's own request mirrors these parameters (2026-07-28), which its tool wants in headers. Asked before a
     * tool is called; who is no such caller agrees.
     */
    default boolean mirrors(List<MirroredValue> parameters) {
        return true;
    }

    /** Whether progress of the call is asked for on the listener's behalf; callers who give a token of their own ask by themselves. */
    default boolean wantsProgress() {
        return false;
    }

    /** The server tells something: progress of this call, a log line, a changed list. Must neither block nor fail. */
    default void notified(String method, ObjectNode params) {}

    /**
     * The server asks something: {@code elicitation/create}, {@code sampling/createMessage}, {@code roots/list}. Is
     * cancelled when the server no longer waits. A failure is refused as an internal error.
     */
    default Uni<Reply> asked(String method, ObjectNode params) {
        return Uni.createFrom().item(Reply.refused());
    }
}
