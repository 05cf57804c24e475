package io.flowmaestro.connections.mcp.sse;

/** One event is larger than allowed. */
public final class EventTooLarge extends RuntimeException {

    EventTooLarge() {
        super("An event is larger than allowed");
    }
}
