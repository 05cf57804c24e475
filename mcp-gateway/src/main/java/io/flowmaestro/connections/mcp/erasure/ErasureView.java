package io.flowmaestro.connections.mcp.erasure;

/** What was removed, all zeros when there was nothing. */
record ErasureView(Removed removed) {

    /**
     * Numbers of things that are gone.
     *
     * @param sessions open sessions with MCP servers
     * @param usageEvents usage events that waited to be reported
     */
    record Removed(int sessions, int usageEvents) {}
}
