package io.flowmaestro.connections.vault.keyring;

import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.flowmaestro.connections.vault.problem.DatabaseFailure;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The data keys of all users that are still wrapped by a former key encryption key. It sees which, and never a key. */
@ApplicationScoped
class DueWrappingRepository implements DueWrappings {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String CLAIM = """
            update vault.data_keys d set rewrap_claimed_until = now() + interval '30 s'
              from (select key_id, key_version from vault.data_keys
                     where kek_id = any ($1) and (rewrap_claimed_until is null or rewrap_claimed_until < now())
                     limit $2 for update skip locked) due
             where d.key_id = due.key_id and d.key_version = due.key_version
            returning d.user_id, d.key_id, d.key_version""";
    private static final String RETIRE = "select retired as kek_id from vault.retire_keys($1) retired";

    private final Pool jobs;

    DueWrappingRepository(@ReactiveDataSource("jobs") Pool jobs) {
        this.jobs = jobs;
    }

    @Override
    public Uni<List<Due>> claim(Set<UUID> retiring, int limit) {
        return rows(CLAIM, Tuple.of(retiring.toArray(UUID[]::new), limit))
                .map(rows -> rows.stream().map(DueWrappingRepository::due).toList());
    }

    @Override
    public Uni<List<UUID>> retire(Set<UUID> retiring) {
        return rows(RETIRE, Tuple.tuple().addArrayOfUUID(retiring.toArray(UUID[]::new)))
                .map(rows -> rows.stream().map(row -> row.getUUID("kek_id")).toList());
    }

    private Uni<List<Row>> rows(String statement, Tuple parameters) {
        return jobs.preparedQuery(statement)
                .execute(parameters)
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .onFailure()
                .transform(DatabaseFailure::translate)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList());
    }

    private static Due due(Row row) {
        return new Due(
                new KeyScope(row.getUUID("user_id")),
                new KeyVersion(row.getUUID("key_id"), row.getInteger("key_version")));
    }
}
