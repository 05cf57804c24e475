package io.flowmaestro.connections.vault.keys;

import io.flowmaestro.connections.vault.problem.DatabaseFailure;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Counts over all users, so as the role that sees which keys there are and never a key. */
@ApplicationScoped
class KeyRingStatusRepository {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String KEKS = """
            select kek_id, provider, state, created_at, promoted_at,
                   extract(day from now() - created_at)::bigint as age_days,
                   (select count(*) from vault.data_keys d where d.kek_id = k.kek_id) as data_keys
              from vault.key_encryption_keys k order by created_at""";
    private static final String REPLICAS = """
            select replica_id, seen_at, kek_ids from vault.replicas
             where seen_at > now() - interval '15 s' order by replica_id""";
    private static final String DATA_KEYS = """
            select (select count(*) from vault.key_owners) as users,
                   (select min(rotated_at) from vault.key_owners) as stalest,
                   (select count(*) from vault.data_keys) as versions,
                   (select coalesce(max(messages_reserved), 0) from vault.data_keys) as most_messages,
                   (select count(*) from vault.data_keys d join vault.key_encryption_keys k using (kek_id)
                     where k.state = 'decrypt-only') as awaiting_rewrap""";

    private final Pool jobs;

    KeyRingStatusRepository(@ReactiveDataSource("jobs") Pool jobs) {
        this.jobs = jobs;
    }

    Uni<KeyRingStatus> status() {
        return Uni.combine()
                .all()
                .unis(
                        rows(KEKS, KeyRingStatusRepository::kek),
                        rows(REPLICAS, KeyRingStatusRepository::replica),
                        rows(DATA_KEYS, KeyRingStatusRepository::numbers))
                .asTuple()
                .map(all -> new KeyRingStatus(
                        all.getItem1(), all.getItem2(), all.getItem3().getFirst()));
    }

    private <T> Uni<List<T>> rows(String statement, Function<Row, T> read) {
        return jobs.query(statement)
                .execute()
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .onFailure()
                .transform(DatabaseFailure::translate)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(read)
                        .toList());
    }

    private static KeyRingStatus.Kek kek(Row row) {
        return new KeyRingStatus.Kek(
                row.getUUID("kek_id"),
                row.getString("provider"),
                row.getString("state"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("promoted_at"),
                row.getLong("age_days"),
                row.getLong("data_keys"));
    }

    private static KeyRingStatus.Replica replica(Row row) {
        return new KeyRingStatus.Replica(
                row.getUUID("replica_id"), row.getOffsetDateTime("seen_at"), List.of(row.getArrayOfUUIDs("kek_ids")));
    }

    private static KeyRingStatus.DataKeysInNumbers numbers(Row row) {
        return new KeyRingStatus.DataKeysInNumbers(
                row.getLong("users"),
                row.getLong("versions"),
                row.getLong("awaiting_rewrap"),
                row.getOffsetDateTime("stalest"),
                row.getLong("most_messages"));
    }
}
