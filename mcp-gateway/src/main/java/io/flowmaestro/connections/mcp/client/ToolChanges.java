package io.flowmaestro.connections.mcp.client;

/** Whoever wants to know that a server has said its tools changed. */
@FunctionalInterface
public interface ToolChanges {

    /** Must neither block nor fail. May come more than once for the same change. */
    void changed(SessionKey session);
}
