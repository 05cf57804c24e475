package io.flowmaestro.connections.mcp.sse;

/**
 * One server-sent event that carries data.
 *
 * @param type {@code message} unless the server names another
 * @param id the last id seen on the stream, empty if none
 */
public record SseEvent(String type, String data, String id) {}
