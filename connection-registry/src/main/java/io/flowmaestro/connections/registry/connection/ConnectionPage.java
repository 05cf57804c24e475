package io.flowmaestro.connections.registry.connection;

import io.flowmaestro.connections.http.Pagination;
import java.util.List;

/** One page of a list. */
record ConnectionPage(List<Connection> connections, Pagination pagination) {

    ConnectionPage withTotal(long total) {
        return new ConnectionPage(connections, new Pagination(pagination.limit(), pagination.nextCursor(), total));
    }
}
