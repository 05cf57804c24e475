package io.flowmaestro.connections.registry.health;

import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads how connections are. */
@ApplicationScoped
class HealthReads {

    private static final String EXPIRING = """
            (status = 'active' and refreshable is false and expires_at < now() + $2::bigint * interval '1 millisecond')""";

    private static final String COUNTS = """
            select count(*) as total,
                   count(*) filter (where status = 'active') as healthy,
                   count(*) filter (where status = 'invalid') as failing,
                   count(*) filter (where status = 'expired') as expired,
                   count(*) filter (where status = 'revoked') as revoked,
                   count(*) filter (where %s) as expiring,
                   count(*) filter (where last_tested_at is null) as untested,
                   count(*) filter (where last_tested_at > now() - interval '24 hours') as tested,
                   min(last_tested_at) as oldest
              from registry.connection_summary where user_id = $1""".formatted(EXPIRING);

    private static final String ATTENTION = """
            select id, name, provider, connection_method, status, status_reason, expires_at, last_tested_at
              from registry.connection_summary where user_id = $1 and (status <> 'active' or %s)
             order by array_position(array['invalid', 'expired', 'active', 'revoked'], status::text), expires_at, id
             limit 100""".formatted(EXPIRING);

    private static final String OVERALL = """
            select status, provider, count(*) as connections from registry.connections
             where deleted_at is null group by status, provider""";

    private final UserTransactions transactions;
    private final Pool jobs;
    private final HealthConfig config;

    HealthReads(UserTransactions transactions, @ReactiveDataSource("jobs") Pool jobs, HealthConfig config) {
        this.transactions = transactions;
        this.jobs = jobs;
        this.config = config;
    }

    Uni<HealthSummary> of(UUID user) {
        Tuple values = Tuple.of(user, config.expiryNotice().toMillis());
        return transactions.run(
                user,
                sql -> sql.preparedQuery(COUNTS)
                        .execute(values)
                        .map(rows -> rows.iterator().next())
                        .chain(counts -> attention(sql, values).map(attention -> summary(counts, attention))));
    }

    /** Over all users, for operators: numbers and nothing that is anybody's. */
    Uni<HealthSummary.Overall> overall() {
        return jobs.preparedQuery(OVERALL).execute().map(rows -> {
            Map<String, Long> byStatus = new TreeMap<>();
            Map<String, Map<String, Long>> byProvider = new TreeMap<>();
            for (Row row : rows) {
                long connections = row.getLong("connections");
                byStatus.merge(row.getString("status"), connections, Long::sum);
                byProvider
                        .computeIfAbsent(row.getString("provider"), provider -> new TreeMap<>())
                        .put(row.getString("status"), connections);
            }
            return new HealthSummary.Overall(byStatus, byProvider);
        });
    }

    private static Uni<List<HealthSummary.Attention>> attention(SqlConnection sql, Tuple values) {
        return sql.preparedQuery(ATTENTION)
                .execute(values)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(HealthReads::attention)
                        .toList());
    }

    private static HealthSummary.Attention attention(Row row) {
        return new HealthSummary.Attention(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("provider"),
                row.getString("connection_method"),
                row.getString("status"),
                row.getString("status_reason"),
                instant(row.getOffsetDateTime("expires_at")),
                instant(row.getOffsetDateTime("last_tested_at")));
    }

    private static HealthSummary summary(Row counts, List<HealthSummary.Attention> attention) {
        return new HealthSummary(
                counts.getLong("total"),
                counts.getLong("healthy"),
                counts.getLong("failing"),
                counts.getLong("expired"),
                counts.getLong("revoked"),
                counts.getLong("expiring"),
                counts.getLong("untested"),
                counts.getLong("tested"),
                instant(counts.getOffsetDateTime("oldest")),
                attention);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
