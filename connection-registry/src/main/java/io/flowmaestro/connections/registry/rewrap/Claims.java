package io.flowmaestro.connections.registry.rewrap;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Claims of due rows, across users, as the role that sees ids only. */
@ApplicationScoped
class Claims {

    static final Duration LEASE = Duration.ofSeconds(30);

    /** What a call to the vault and the write after it may take together. */
    private static final Duration LONGEST_STEP = Duration.ofSeconds(12);

    /** First of all, so that a start which does not see this knows that no row was in hand before it. */
    private static final String MARK =
            "update registry.rewrap_runs set claimed = true where run_number = $1 and not claimed";

    static final String CLAIM = """
            update {table} c set rewrap_claimed_until = now() + $3::bigint * interval '1 millisecond'
              from (select {id} as due_id from {table}
                     where rewrap_run < $1 and {isSealed}
                       and (rewrap_claimed_until is null or rewrap_claimed_until < now())
                     order by rewrap_run, {owner}, {id} limit $2 for update skip locked) due
             where c.{id} = due.due_id
            returning c.{id} as id, c.{owner} as owner, c.rewrap_claimed_until""";

    /** Only what is still in hand by this very claim: a row that is done, or another's by now, is left alone. */
    private static final String RELEASE = """
            update {table} set rewrap_claimed_until = null
             where {id} = any($1) and rewrap_claimed_until = $2""";

    private final Pool jobs;
    private final Clock clock;

    Claims(@ReactiveDataSource("jobs") Pool jobs, Clock clock) {
        this.jobs = jobs;
        this.clock = clock;
    }

    /**
     * Takes up to {@code limit} rows in hand for 30 s, of the first store that has some due. A crash from here on leaves a
     * lease that lapses, and whoever claims then begins the row anew.
     */
    Uni<Optional<Claim>> claim(long run, int limit) {
        Instant workBefore = clock.instant().plus(LEASE).minus(LONGEST_STEP);
        Tuple values = Tuple.of(run, (long) limit, LEASE.toMillis());
        return jobs.withTransaction(sql -> sql.preparedQuery(MARK)
                .execute(Tuple.of(run))
                .chain(() -> first(
                        Arrays.asList(Store.values()),
                        store -> sql.preparedQuery(store.sql(CLAIM))
                                .execute(values)
                                .map(rows -> claimed(store, run, workBefore, rows)))));
    }

    /** One store after the other, until one has rows. */
    private static Uni<Optional<Claim>> first(List<Store> stores, Function<Store, Uni<Optional<Claim>>> claim) {
        return stores.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : claim.apply(stores.getFirst())
                        .chain(found -> found.isPresent()
                                ? Uni.createFrom().item(found)
                                : first(stores.subList(1, stores.size()), claim));
    }

    /** Hands rows back, so that they need not wait for the lease to lapse. */
    Uni<Void> release(Claim claim, List<UUID> rows) {
        if (rows.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple values = Tuple.tuple().addArrayOfUUID(rows.toArray(UUID[]::new)).addOffsetDateTime(claim.until());
        return jobs.preparedQuery(claim.store().sql(RELEASE)).execute(values).replaceWithVoid();
    }

    private static Optional<Claim> claimed(Store store, long run, Instant workBefore, RowSet<Row> rows) {
        Map<UUID, List<UUID>> byUser = new LinkedHashMap<>();
        OffsetDateTime until = OffsetDateTime.MIN;
        for (Row row : rows) {
            until = row.getOffsetDateTime("rewrap_claimed_until");
            byUser.computeIfAbsent(row.getUUID("owner"), user -> new ArrayList<>())
                    .add(row.getUUID("id"));
        }
        return byUser.isEmpty() ? Optional.empty() : Optional.of(new Claim(store, run, until, workBefore, byUser));
    }
}
