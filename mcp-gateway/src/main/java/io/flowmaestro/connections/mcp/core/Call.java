package io.flowmaestro.connections.mcp.core;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One request to a server, of any method.
 *
 * @param params passed on as they are, but for the keys of {@code _meta} that belong to the era
 */
public record Call(String method, ObjectNode params, Listener listener) {

    /** A call that nobody listens to. */
    public static Call of(String method, ObjectNode params) {
        return new Call(method, params, Listener.NONE);
    }
}
