package io.flowmaestro.connections.registry.webhook;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.registry.connection.IdempotencyKey;
import io.flowmaestro.connections.registry.connection.IdempotencyKeys;
import io.flowmaestro.connections.registry.event.EventType;
import io.flowmaestro.connections.registry.listing.Conditions;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** A user's webhooks and what was sent to them. */
@ApplicationScoped
class WebhookRepository {

    static final int MOST = 20;

    /** One insert at a time for a user, so that two at once cannot pass the limit together. */
    private static final String LOCK =
            "select pg_advisory_xact_lock(hashtextextended('registry.webhooks' || $1::text, 0))";

    private static final String INSERT = """
            insert into registry.webhooks (id, user_id, url, events, secret)
            select $1, $2, $3, $4, $5::text::jsonb
             where (select count(*) from registry.webhooks where user_id = $2) < $6
            returning id, url, events, created_at""";

    private static final String LIST = """
            select id, url, events, created_at from registry.webhooks where user_id = $1
             order by created_at desc, id desc""";

    private static final String GET =
            "select id, url, events, created_at from registry.webhooks where user_id = $1 and id = $2";

    private static final String SEALED = """
            select id, url, events, created_at, secret::text as secret from registry.webhooks
             where user_id = $1 and id = $2""";

    private static final String DELETE = "delete from registry.webhooks where user_id = $1 and id = $2 returning id";

    private static final String DROP = "delete from registry.webhook_deliveries where user_id = $1 and webhook_id = $2";

    private static final String RETRY = """
            update registry.webhook_deliveries
               set status = 'pending', attempts = 0, due_at = now(), claimed_until = null, finished_at = null
             where user_id = $1 and webhook_id = $2 and id = $3 and status <> 'pending' returning id""";

    private final UserTransactions transactions;

    WebhookRepository(UserTransactions transactions) {
        this.transactions = transactions;
    }

    /** A webhook, and its secret as it is stored. */
    record Sealed(Webhook webhook, String secret) {}

    /**
     * Stores a new webhook.
     *
     * @param key binds a repeated request to this webhook
     * @return empty if the key is in use; then nothing was stored
     */
    Uni<Optional<Webhook>> insert(
            UUID user, UUID id, WebhookRequest request, String secret, Optional<IdempotencyKey> key) {
        Tuple values = Tuple.tuple()
                .addUUID(id)
                .addUUID(user)
                .addString(request.url())
                .addArrayOfString(request.events().stream().map(EventType::wire).toArray(String[]::new))
                .addString(secret)
                .addInteger(MOST);
        return transactions.run(
                user,
                sql -> sql.preparedQuery(LOCK)
                        .execute(Tuple.of(user.toString()))
                        .chain(() -> claimed(sql, key, id))
                        .chain(ours -> inserted(sql, ours, values)));
    }

    private static Uni<Boolean> claimed(SqlConnection sql, Optional<IdempotencyKey> key, UUID id) {
        return key.map(given -> IdempotencyKeys.claim(sql, given, id))
                .orElseGet(() -> Uni.createFrom().item(true));
    }

    private static Uni<Optional<Webhook>> inserted(SqlConnection sql, boolean ours, Tuple values) {
        return ours
                ? sql.preparedQuery(INSERT).execute(values).map(WebhookRepository::first)
                : Uni.createFrom().item(Optional.empty());
    }

    private static Optional<Webhook> first(RowSet<Row> rows) {
        if (rows.size() == 0) {
            throw new ProblemException(
                    RegistryProblem.WEBHOOK_LIMIT_REACHED,
                    "You have %d webhooks, which is the most. Delete one first.".formatted(MOST));
        }
        return Optional.of(Webhook.of(rows.iterator().next()));
    }

    /** Empty when it was deleted. */
    Uni<Optional<Sealed>> sealed(UUID user, UUID id) {
        return transactions.run(
                user,
                sql -> sql.preparedQuery(SEALED)
                        .execute(Tuple.of(user, id))
                        .map(rows -> all(rows, row -> new Sealed(Webhook.of(row), row.getString("secret"))).stream()
                                .findFirst()));
    }

    Uni<List<Webhook>> list(UUID user) {
        return transactions.run(
                user, sql -> sql.preparedQuery(LIST).execute(Tuple.of(user)).map(rows -> all(rows, Webhook::of)));
    }

    Uni<Webhook> require(UUID user, UUID id) {
        return transactions.run(user, sql -> required(sql, user, id));
    }

    /** What was not delivered yet goes with it. */
    Uni<Void> delete(UUID user, UUID id) {
        return transactions.run(
                user,
                sql -> sql.preparedQuery(DELETE)
                        .execute(Tuple.of(user, id))
                        .invoke(rows -> {
                            if (rows.size() == 0) {
                                throw notFound();
                            }
                        })
                        .chain(() -> sql.preparedQuery(DROP).execute(Tuple.of(user, id)))
                        .replaceWithVoid());
    }

    Uni<List<Delivery>> deliveries(UUID user, UUID id, Conditions.Statement page) {
        return transactions.run(
                user,
                sql -> required(sql, user, id)
                        .chain(() -> sql.preparedQuery(page.sql()).execute(page.parameters()))
                        .map(rows -> all(rows, Delivery::of)));
    }

    /** Puts a delivery that ended back in the queue. Answers whether it was one. */
    Uni<Boolean> retry(UUID user, UUID webhook, UUID delivery) {
        return transactions.run(
                user,
                sql -> sql.preparedQuery(RETRY)
                        .execute(Tuple.of(user, webhook, delivery))
                        .map(rows -> rows.size() == 1));
    }

    private static Uni<Webhook> required(SqlConnection sql, UUID user, UUID id) {
        return sql.preparedQuery(GET)
                .execute(Tuple.of(user, id))
                .map(rows -> all(rows, Webhook::of).stream().findFirst().orElseThrow(WebhookRepository::notFound));
    }

    static ProblemException notFound() {
        return new ProblemException(
                RegistryProblem.WEBHOOK_NOT_FOUND,
                "There is no webhook with this id, or it is not yours. List yours with GET /api/webhooks.");
    }

    private static <T> List<T> all(RowSet<Row> rows, Function<Row, T> read) {
        return StreamSupport.stream(rows.spliterator(), false).map(read).toList();
    }
}
