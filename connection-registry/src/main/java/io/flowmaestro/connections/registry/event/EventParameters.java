package io.flowmaestro.connections.registry.event;

import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/** Query parameters as they were sent; they are text so that a wrong one is a violation and not a 404. */
class EventParameters {

    @QueryParam("type")
    @Nullable
    String type;

    @QueryParam("from")
    @Nullable
    String from;

    @QueryParam("to")
    @Nullable
    String to;

    @QueryParam("connection_id")
    @Nullable
    String connectionId;

    @QueryParam("limit")
    @Nullable
    String limit;

    @QueryParam("cursor")
    @Nullable
    String cursor;
}
