package io.flowmaestro.connections.oauth.attempt;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Attempts that somebody has to finish, claimed across users by id; a claim lapses after a minute. */
@ApplicationScoped
public class LeftOverClaims {

    /** Not at once: most of them are in the hands of a replica that is just about to finish. */
    private static final String CLAIM = """
            update oauth.refresh_attempts a set claimed_until = now() + interval '1 minute'
              from (select id from oauth.refresh_attempts
                     where state = $1 and answered_at < now() - make_interval(secs => $2)
                       and (claimed_until is null or claimed_until < now())
                     order by answered_at limit $3 for update skip locked) chosen
             where a.id = chosen.id
            returning a.id, a.user_id
            """;
    /** The policy on the table says what may go. */
    private static final String PRUNE = """
            delete from oauth.refresh_attempts
             where state <> 'answered' and coalesce(settled_at, deadline) < now() - interval '1 day'
            """;

    private static final double IN_GOOD_HANDS_SECONDS = 10;

    private final Pool jobs;

    LeftOverClaims(@ReactiveDataSource("jobs") Pool jobs) {
        this.jobs = jobs;
    }

    /** An attempt to be finished. */
    public record LeftOver(UUID attempt, UUID user) {}

    /** Answers that nobody has published. */
    public Uni<List<LeftOver>> unpublished(int most) {
        return claim("answered", IN_GOOD_HANDS_SECONDS, most);
    }

    /** Tokens to be revoked at their provider. */
    public Uni<List<LeftOver>> unwanted(int most) {
        return claim("unwanted", 0, most);
    }

    private Uni<List<LeftOver>> claim(String state, double seconds, int most) {
        return jobs.preparedQuery(CLAIM)
                .execute(Tuple.of(state, seconds, (long) most))
                .map(rows -> rows.stream().map(LeftOverClaims::leftOver).toList());
    }

    private static LeftOver leftOver(Row row) {
        return new LeftOver(row.getUUID("id"), row.getUUID("user_id"));
    }

    /** Removes what the log no longer needs. Answers how much that was. */
    public Uni<Integer> prune() {
        return jobs.preparedQuery(PRUNE).execute().map(rows -> rows.rowCount());
    }
}
