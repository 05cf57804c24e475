package io.flowmaestro.connections.mcp.core;

import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import java.util.concurrent.atomic.AtomicLong;

/** Counts how often a server has said that its tools changed. */
public final class Changes {

    private final AtomicLong tools = new AtomicLong();
    private final AtomicLong told = new AtomicLong();

    public void notified(Incoming.Notification notification) {
        if (notification.method().equals(Told.TOOLS)) {
            tools.incrementAndGet();
            told.incrementAndGet();
        }
    }

    /** A list that is too old counts as changed. */
    public void toolsExpired() {
        tools.incrementAndGet();
    }

    public long tools() {
        return tools.get();
    }

    /** Without those of age. */
    public long told() {
        return told.get();
    }
}
