package io.flowmaestro.connections.registry.connection;

import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/** Query parameters of a list as they were sent; they are text so that a wrong one is a violation and not a 404. */
class ListParameters {

    @QueryParam("provider")
    @Nullable
    String provider;

    @QueryParam("connection_method")
    @Nullable
    String connectionMethod;

    @QueryParam("status")
    @Nullable
    String status;

    @QueryParam("q")
    @Nullable
    String q;

    @QueryParam("sort")
    @Nullable
    String sort;

    @QueryParam("limit")
    @Nullable
    String limit;

    @QueryParam("cursor")
    @Nullable
    String cursor;

    @QueryParam("total")
    @Nullable
    String total;
}
