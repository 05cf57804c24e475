package io.flowmaestro.connections.registry.health;

import io.flowmaestro.connections.registry.connection.ConnectionStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** How many live connections there are of each status, over all users; every replica shows the same. */
@ApplicationScoped
class StatusGauges {

    private static final String COUNT =
            "select status, count(*) as connections from registry.connections where deleted_at is null group by status";

    private final Pool jobs;
    private final Map<String, AtomicLong> connections = new ConcurrentHashMap<>();

    StatusGauges(@ReactiveDataSource("jobs") Pool jobs, MeterRegistry metrics) {
        this.jobs = jobs;
        for (ConnectionStatus status : ConnectionStatus.values()) {
            AtomicLong count = new AtomicLong();
            connections.put(status.wire(), count);
            metrics.gauge("registry.connections", Tags.of("status", status.wire()), count);
        }
    }

    Uni<Void> count() {
        return jobs.preparedQuery(COUNT)
                .execute()
                .invoke(rows -> {
                    Map<String, Long> found = new HashMap<>();
                    for (Row row : rows) {
                        found.put(row.getString("status"), row.getLong("connections"));
                    }
                    connections.forEach((status, count) -> count.set(found.getOrDefault(status, 0L)));
                })
                .replaceWithVoid();
    }
}
