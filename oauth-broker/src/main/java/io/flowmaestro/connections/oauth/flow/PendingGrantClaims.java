package io.flowmaestro.connections.oauth.flow;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Grants that nobody is at, claimed across users by id; a claim lapses after a minute. */
@ApplicationScoped
class PendingGrantClaims {

    private static final String CLAIM = """
            update oauth.pending_grants g set claimed_until = clock_timestamp() + interval '1 minute'
              from (select id from oauth.pending_grants where claimed_until < clock_timestamp()
                     order by claimed_until limit $1 for update skip locked) chosen
             where g.id = chosen.id
            returning g.id, g.user_id
            """;

    private final Pool jobs;

    PendingGrantClaims(@ReactiveDataSource("jobs") Pool jobs) {
        this.jobs = jobs;
    }

    /** A grant to be settled. */
    record Claimed(UUID id, UUID user) {}

    Uni<List<Claimed>> claim(int most) {
        return jobs.preparedQuery(CLAIM)
                .execute(Tuple.of((long) most))
                .map(rows -> rows.stream()
                        .map(row -> new Claimed(row.getUUID("id"), row.getUUID("user_id")))
                        .toList());
    }
}
