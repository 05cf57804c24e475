package io.flowmaestro.connections.registry.testing;

import io.flowmaestro.connections.registry.connection.ConnectionStatus;
import io.vertx.mutiny.sqlclient.Row;

/** A connection's status before and after a test. */
record StatusMove(ConnectionStatus before, ConnectionStatus after) {

    static StatusMove of(Row row) {
        return new StatusMove(
                ConnectionStatus.of(row.getString("before")), ConnectionStatus.of(row.getString("after")));
    }
}
