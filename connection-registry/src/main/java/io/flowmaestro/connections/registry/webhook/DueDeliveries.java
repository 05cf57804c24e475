package io.flowmaestro.connections.registry.webhook;

import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Deliveries that are due: claimed across users by id, then worked on as their user. A claim lapses after a minute. */
@ApplicationScoped
class DueDeliveries {

    private static final String CLAIM = """
            update registry.webhook_deliveries d set claimed_until = now() + interval '60 seconds'
              from (select id from registry.webhook_deliveries
                     where status = 'pending' and due_at <= now() and (claimed_until is null or claimed_until < now())
                     order by due_at limit $1 for update skip locked) due
             where d.id = due.id
            returning d.id, d.user_id, d.webhook_id""";

    /** Put off a little, so that what is due of others comes first. */
    private static final String HAND_BACK = """
            update registry.webhook_deliveries
               set claimed_until = null, due_at = now() + (1 + random()) * interval '2 seconds'
             where id = any($1) and status = 'pending'""";

    private static final String DROP =
            "delete from registry.webhook_deliveries where user_id = $1 and id = $2 and status = 'pending'";

    private static final String READ = """
            select d.event_id, d.attempts, d.payload::text as payload, w.id as webhook_id, w.url, w.secret::text as secret
              from registry.webhook_deliveries d join registry.webhooks w on w.id = d.webhook_id
             where d.user_id = $1 and d.id = $2 and d.status = 'pending'""";

    private static final String RECORD = """
            update registry.webhook_deliveries
               set status = $3::text, attempts = attempts + $4, due_at = now() + $5::bigint * interval '1 millisecond',
                   claimed_until = null, last_status = $6, last_error = $7,
                   finished_at = case when $3::text = 'pending' then null else now() end
             where user_id = $1 and id = $2 and status = 'pending'""";

    private static final int SPARE = 4;
    private static final int OF_ONE_WEBHOOK = 2;

    /** How long a delivery rests when the vault was away. */
    private static final Duration VAULT_AWAY = Duration.ofSeconds(10);

    private final Pool jobs;
    private final UserTransactions transactions;
    private final RandomGenerator random;

    DueDeliveries(@ReactiveDataSource("jobs") Pool jobs, UserTransactions transactions) {
        this.jobs = jobs;
        this.transactions = transactions;
        this.random = RandomGenerator.getDefault();
    }

    /** A delivery in hand. */
    record Claimed(UUID id, UUID user) {}

    /** What there is to send. */
    record Parcel(UUID event, int attempts, String payload, UUID webhook, String url, String secret) {
        @Override
        public String toString() {
            return "Parcel[%s]".formatted(event);
        }
    }

    /** At most so many, and few of each webhook: a receiver that is slow holds up nobody but itself. */
    Uni<List<Claimed>> claim(int limit) {
        return jobs.preparedQuery(CLAIM).execute(Tuple.of((long) limit * SPARE)).chain(rows -> {
            List<Claimed> chosen = new ArrayList<>();
            List<UUID> beyond = new ArrayList<>();
            Map<UUID, Integer> ofWebhook = new HashMap<>();
            for (Row row : rows) {
                int before = ofWebhook.getOrDefault(row.getUUID("webhook_id"), 0);
                if (chosen.size() < limit && before < OF_ONE_WEBHOOK) {
                    ofWebhook.put(row.getUUID("webhook_id"), before + 1);
                    chosen.add(new Claimed(row.getUUID("id"), row.getUUID("user_id")));
                } else {
                    beyond.add(row.getUUID("id"));
                }
            }
            return handBack(beyond).replaceWith(chosen);
        });
    }

    private Uni<Void> handBack(List<UUID> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : jobs.preparedQuery(HAND_BACK)
                        .execute(Tuple.tuple().addArrayOfUUID(ids.toArray(UUID[]::new)))
                        .replaceWithVoid();
    }

    /** Its webhook is gone, or it has ended meanwhile. */
    Uni<Void> drop(Claimed claimed) {
        return transactions.run(
                claimed.user(),
                sql -> sql.preparedQuery(DROP)
                        .execute(Tuple.of(claimed.user(), claimed.id()))
                        .replaceWithVoid());
    }

    Uni<Optional<Parcel>> read(Claimed claimed) {
        return transactions.run(
                claimed.user(),
                sql -> sql.preparedQuery(READ)
                        .execute(Tuple.of(claimed.user(), claimed.id()))
                        .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                                .map(row -> new Parcel(
                                        row.getUUID("event_id"),
                                        row.getInteger("attempts"),
                                        row.getString("payload"),
                                        row.getUUID("webhook_id"),
                                        row.getString("url"),
                                        row.getString("secret")))
                                .findFirst()));
    }

    Uni<Void> record(Claimed claimed, int attemptsBefore, Attempt attempt) {
        return switch (attempt) {
            case Attempt.Received received -> write(claimed, "delivered", 1, Duration.ZERO, received.status(), null);
            case Attempt.Gone gone -> write(claimed, "dead", 1, Duration.ZERO, gone.status(), gone.error());
            case Attempt.NotMade notMade -> write(claimed, "pending", 0, VAULT_AWAY, null, null);
            case Attempt.Missed missed ->
                RetryPlan.pauseAfter(attemptsBefore + 1)
                        .map(pause -> write(claimed, "pending", 1, jittered(pause), missed.status(), missed.error()))
                        .orElseGet(() -> write(claimed, "dead", 1, Duration.ZERO, missed.status(), missed.error()));
        };
    }

    private Uni<Void> write(
            Claimed claimed,
            String status,
            int counted,
            Duration pause,
            @Nullable Integer answered,
            @Nullable String error) {
        Tuple values = Tuple.tuple()
                .addUUID(claimed.user())
                .addUUID(claimed.id())
                .addString(status)
                .addInteger(counted)
                .addLong(pause.toMillis())
                .addInteger(answered)
                .addString(error);
        return transactions.run(
                claimed.user(), sql -> sql.preparedQuery(RECORD).execute(values).replaceWithVoid());
    }

    /** A tenth up or down, so that what failed together does not come back together. */
    private Duration jittered(Duration pause) {
        return Duration.ofMillis((long) (pause.toMillis() * random.nextDouble(0.9, 1.1)));
    }
}
