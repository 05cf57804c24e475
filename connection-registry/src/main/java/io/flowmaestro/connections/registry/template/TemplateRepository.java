package io.flowmaestro.connections.registry.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.registry.event.Event;
import io.flowmaestro.connections.registry.event.EventType;
import io.flowmaestro.connections.registry.event.Events;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/** A user's saved templates. */
@ApplicationScoped
class TemplateRepository {

    private static final int MOST = 100;

    /** One insert at a time for a user, so that two at once cannot pass the limit together. */
    private static final String LOCK =
            "select pg_advisory_xact_lock(hashtextextended('registry.templates' || $1::text, 0))";

    private static final String INSERT = """
            insert into registry.templates (id, user_id, name, items)
            select $1, $2, $3, $4::text::jsonb where (select count(*) from registry.templates where user_id = $2) < $5
            returning id, name, items::text as items, created_at""";

    private static final String LIST = """
            select id, name, items::text as items, created_at from registry.templates where user_id = $1
             order by created_at desc, id desc""";

    private static final String GET = """
            select id, name, items::text as items, created_at from registry.templates where user_id = $1 and id = $2""";

    private static final String DELETE = "delete from registry.templates where user_id = $1 and id = $2 returning id";

    private final UserTransactions transactions;
    private final ObjectMapper json;
    private final Clock clock;

    TemplateRepository(UserTransactions transactions, ObjectMapper json, Clock clock) {
        this.transactions = transactions;
        this.json = json;
        this.clock = clock;
    }

    /** Saves, and puts on record whose configurations went into it. */
    Uni<Template> insert(Caller caller, UUID id, String name, List<TemplateItem> items, List<UUID> connections) {
        Tuple values = Tuple.tuple()
                .addUUID(id)
                .addUUID(caller.subject())
                .addString(name)
                .addString(text(items))
                .addInteger(MOST);
        List<Event> events = connections.stream()
                .map(connection ->
                        Event.of(caller, connection, EventType.EXPORTED, clock.instant(), Map.of("template", name)))
                .toList();
        return transactions.run(
                caller.subject(),
                sql -> sql.preparedQuery(LOCK)
                        .execute(Tuple.of(caller.subject().toString()))
                        .chain(() -> sql.preparedQuery(INSERT).execute(values))
                        .map(rows -> first(rows, TemplateRepository::tooMany))
                        .map(this::template)
                        .call(() -> Events.record(sql, events)));
    }

    Uni<List<Template>> list(UUID user) {
        return transactions.run(
                user,
                sql -> sql.preparedQuery(LIST)
                        .execute(Tuple.of(user))
                        .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                                .map(this::template)
                                .toList()));
    }

    Uni<Template> require(UUID user, UUID id) {
        return transactions.run(
                user, sql -> sql.preparedQuery(GET).execute(Tuple.of(user, id)).map(rows -> template(found(rows))));
    }

    Uni<Void> delete(UUID user, UUID id) {
        return transactions.run(
                user,
                sql -> sql.preparedQuery(DELETE)
                        .execute(Tuple.of(user, id))
                        .invoke(TemplateRepository::found)
                        .replaceWithVoid());
    }

    private static Row found(RowSet<Row> rows) {
        return first(rows, TemplateRepository::notFound);
    }

    static ProblemException notFound() {
        return new ProblemException(
                RegistryProblem.TEMPLATE_NOT_FOUND,
                "There is no template with this id, or it is not yours. List yours with GET /api/connections/templates.");
    }

    private static ProblemException tooMany() {
        return new ProblemException(
                RegistryProblem.TEMPLATE_LIMIT_REACHED,
                "You have %d templates, which is the most. Delete one first.".formatted(MOST));
    }

    private static Row first(RowSet<Row> rows, Supplier<ProblemException> otherwise) {
        if (rows.size() == 0) {
            throw otherwise.get();
        }
        return rows.iterator().next();
    }

    private Template template(Row row) {
        try {
            return new Template(
                    row.getUUID("id").toString(),
                    row.getString("name"),
                    "user",
                    json.readValue(row.getString("items"), new TypeReference<List<TemplateItem>>() {}),
                    row.getOffsetDateTime("created_at").toInstant());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("stored items are no items", impossible);
        }
    }

    private String text(List<TemplateItem> items) {
        try {
            return json.writeValueAsString(items);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
