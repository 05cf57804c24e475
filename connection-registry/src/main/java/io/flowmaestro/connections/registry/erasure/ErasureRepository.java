package io.flowmaestro.connections.registry.erasure;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Erasures and how far they are. All of it is in PostgreSQL, so that whoever comes next finishes them. */
@ApplicationScoped
class ErasureRepository {

    /** A user who came back after an erasure can be erased again. */
    private static final String REQUEST = """
            insert into registry.erasures as e (user_id, id, requested_by) values ($1, $2, $3)
            on conflict (user_id) do update
               set id = excluded.id, requested_by = excluded.requested_by, requested_at = now(), steps = '{}',
                   attempts = 0, last_error = null, finished_at = null, claimed_until = null
             where e.finished_at is not null""";

    private static final String CLAIM = """
            update registry.erasures set claimed_until = now() + interval '10 minutes', attempts = attempts + 1
             where user_id = $1 and finished_at is null and (claimed_until is null or claimed_until < now())
            returning steps::text as steps, attempts, requested_at""";

    private static final String DUE = """
            select user_id from registry.erasures
             where finished_at is null and (claimed_until is null or claimed_until < now())
             order by requested_at limit 10""";

    private static final String DONE = """
            update registry.erasures set steps = steps || jsonb_build_object($2::text, $3::text::jsonb),
                   last_error = null, claimed_until = now() + interval '10 minutes'
             where user_id = $1""";

    private static final String FINISH =
            "update registry.erasures set finished_at = now(), claimed_until = null where user_id = $1";

    /** The next try comes when the claim lapses. */
    private static final String FAILED = """
            update registry.erasures set last_error = $2, claimed_until = now() + interval '10 seconds'
             where user_id = $1 and finished_at is null""";

    private final Pool jobs;

    ErasureRepository(@ReactiveDataSource("jobs") Pool jobs) {
        this.jobs = jobs;
    }

    /** Joins the erasure that is under way, if there is one. */
    Uni<Void> request(UUID user, UUID id, String by) {
        return jobs.preparedQuery(REQUEST).execute(Tuple.of(user, id, by)).replaceWithVoid();
    }

    Uni<Erasure> require(UUID user) {
        return jobs.preparedQuery("select " + Erasure.COLUMNS + " from registry.erasures where user_id = $1")
                .execute(Tuple.of(user))
                .map(rows -> first(rows)
                        .map(Erasure::of)
                        .orElseThrow(() -> new ProblemException(
                                RegistryProblem.ERASURE_NOT_FOUND,
                                "This user's erasure was never asked for. Ask for it with DELETE /api/users/{id}.")));
    }

    /**
     * An erasure in hand.
     *
     * @param steps that are done, JSON text
     * @param attempts this one included
     */
    record Claimed(String steps, int attempts, OffsetDateTime requestedAt) {
        static Claimed of(Row row) {
            return new Claimed(
                    row.getString("steps"), row.getInteger("attempts"), row.getOffsetDateTime("requested_at"));
        }
    }

    /** For who may go on; empty while someone else is at it. */
    Uni<Optional<Claimed>> claim(UUID user) {
        return jobs.preparedQuery(CLAIM)
                .execute(Tuple.of(user))
                .map(rows -> first(rows).map(Claimed::of));
    }

    Uni<List<UUID>> due() {
        return jobs.preparedQuery(DUE)
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getUUID("user_id"))
                        .toList());
    }

    Uni<Void> done(UUID user, ErasureStep step, String answer) {
        return jobs.preparedQuery(DONE)
                .execute(Tuple.of(user, step.wire(), answer))
                .replaceWithVoid();
    }

    Uni<Void> finish(UUID user) {
        return jobs.preparedQuery(FINISH).execute(Tuple.of(user)).replaceWithVoid();
    }

    Uni<Void> failed(UUID user, String error) {
        return jobs.preparedQuery(FAILED).execute(Tuple.of(user, error)).replaceWithVoid();
    }

    /** Everything of the user's in this service's schema, in numbers, JSON text. */
    Uni<String> eraseRows(UUID user) {
        return jobs.preparedQuery("select registry.erase_user($1)::text")
                .execute(Tuple.of(user))
                .map(rows -> rows.iterator().next().getString(0));
    }

    private static Optional<Row> first(RowSet<Row> rows) {
        return rows.size() == 0 ? Optional.empty() : Optional.of(rows.iterator().next());
    }
}
