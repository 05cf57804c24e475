package io.flowmaestro.connections.registry.event;

import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Reads of a user's events. */
@ApplicationScoped
class EventReads {

    private static final String KNOWN = """
            select exists (select from registry.connections where user_id = $1 and id = $2)
                or exists (select from registry.connection_events where user_id = $1 and connection_id = $2)""";

    private final UserTransactions transactions;

    EventReads(UserTransactions transactions) {
        this.transactions = transactions;
    }

    Uni<EventQuery.Page> page(UUID user, EventQuery query) {
        return events(user, query).map(query::pageOf);
    }

    /** The history of a connection, also when it is deleted or purged; 404 for one that the user never had. */
    Uni<EventQuery.Page> pageOf(UUID user, UUID connection, EventQuery query) {
        return transactions
                .run(
                        user,
                        sql -> sql.preparedQuery(KNOWN)
                                .execute(Tuple.of(user, connection))
                                .map(rows -> rows.iterator().next().getBoolean(0)))
                .invoke(known -> {
                    if (!known) {
                        throw RegistryProblem.connectionNotFound();
                    }
                })
                .chain(() -> page(user, query));
    }

    /** One row more than the page holds, if there is one. */
    Uni<List<EventView>> events(UUID user, EventQuery query) {
        var page = query.page(user);
        return transactions.run(
                user,
                sql -> sql.preparedQuery(page.sql())
                        .execute(page.parameters())
                        .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                                .map(EventView::of)
                                .toList()));
    }
}
