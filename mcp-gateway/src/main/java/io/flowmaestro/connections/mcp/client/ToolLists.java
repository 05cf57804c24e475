package io.flowmaestro.connections.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Whoever wants to have each list of tools that was read whole, as it is for clients that offer nothing. */
@FunctionalInterface
public interface ToolLists {

    /**
     * Must neither block nor fail.
     *
     * @param began {@link System#nanoTime()} when the reading began
     */
    void read(SessionKey session, List<ObjectNode> tools, long began);
}
