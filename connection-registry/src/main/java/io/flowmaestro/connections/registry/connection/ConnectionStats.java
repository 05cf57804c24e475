package io.flowmaestro.connections.registry.connection;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.util.Map;
import java.util.TreeMap;

/** How many live connections a user has, and of which kinds. */
record ConnectionStats(
        long total, Map<String, Long> byStatus, Map<String, Long> byMethod, Map<String, Long> byProvider) {

    static final String SQL = """
            select status, connection_method, provider, count(*) as connections
              from registry.connection_summary where user_id = $1 group by 1, 2, 3""";

    static ConnectionStats of(RowSet<Row> rows) {
        ConnectionStats stats = new ConnectionStats(0, new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        long total = 0;
        for (Row row : rows) {
            long connections = row.getLong("connections");
            total += connections;
            stats.byStatus.merge(row.getString("status"), connections, Long::sum);
            stats.byMethod.merge(row.getString("connection_method"), connections, Long::sum);
            stats.byProvider.merge(row.getString("provider"), connections, Long::sum);
        }
        return new ConnectionStats(total, stats.byStatus, stats.byMethod, stats.byProvider);
    }
}
