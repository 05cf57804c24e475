package io.flowmaestro.connections.registry.connection;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Looks at pooled connections as the next one who gets them would find them, outside of any transaction. */
final class PooledConnections {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String LOOK = """
            select pg_backend_pid(), coalesce(current_setting('app.user_id', true), ''),
                   (select count(*) from registry.connections) + (select count(*) from registry.connection_events)
                     + (select count(*) from registry.connection_uses)""";

    private final Pool pool;
    private final PoolFigures figures;

    PooledConnections(Pool pool, PoolFigures figures) {
        this.pool = pool;
        this.figures = figures;
    }

    /** Whichever is free. */
    void lookAtOne() {
        pool.withConnection(this::look).await().atMost(PATIENCE);
    }

    /** All of them at the same time; answers how many there are. */
    long lookAtAll(int size) {
        List<SqlConnection> all = IntStream.range(0, size)
                .mapToObj(_ -> pool.getConnection().await().atMost(PATIENCE))
                .toList();
        long different = all.stream()
                .map(connection -> look(connection).await().atMost(PATIENCE).getInteger(0))
                .distinct()
                .count();
        all.forEach(connection -> connection.close().await().atMost(PATIENCE));
        return different;
    }

    private Uni<Row> look(SqlConnection connection) {
        return connection
                .query(LOOK)
                .execute()
                .map(rows -> rows.iterator().next())
                .invoke(row -> {
                    figures.looks.increment();
                    figures.settingsLeft.add(row.getString(1).isEmpty() ? 0 : 1);
                    figures.rowsWithoutUser.add(row.getLong(2));
                });
    }
}
