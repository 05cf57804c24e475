package io.flowmaestro.connections.registry.health;

import io.flowmaestro.connections.registry.data.ConnectionMethod;
import io.flowmaestro.connections.registry.testing.ConnectionTester;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Connections whose daily test is due, claimed across users by id. A claim puts the next test off by ten minutes; the
 * test itself then sets the next day's.
 */
@ApplicationScoped
class DueTests {

    /** More than are wanted, so that one provider's backlog does not hide the others. */
    private static final String CLAIM = """
            update registry.connections c set test_due_at = now() + interval '10 minutes'
              from (select id from registry.connections
                     where deleted_at is null and status in ('active', 'invalid') and test_due_at <= now()
                     order by test_due_at limit $1 for update skip locked) due
             where c.id = due.id
            returning c.id, c.user_id, c.provider, c.connection_method""";

    private static final String NOTHING_TO_ASK = """
            update registry.connections set test_due_at = now() + interval '24 hours' where id = any($1)""";

    private static final String HAND_BACK = """
            update registry.connections set test_due_at = now() + random() * interval '10 minutes' where id = any($1)""";

    private static final int SPARE = 4;

    private final Pool jobs;
    private final ConnectionTester tester;

    DueTests(@ReactiveDataSource("jobs") Pool jobs, ConnectionTester tester) {
        this.jobs = jobs;
        this.tester = tester;
    }

    /** A connection to test. */
    record Due(UUID id, UUID user) {}

    /** At most so many, and of each provider at most so many; what was claimed beyond that is put off by minutes. */
    Uni<List<Due>> claim(int atOnce, int perProvider) {
        return jobs.preparedQuery(CLAIM)
                .execute(Tuple.of((long) atOnce * SPARE))
                .chain(rows -> {
                    Choice choice = new Choice(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
                    choose(rows, atOnce, perProvider, choice);
                    return set(HAND_BACK, choice.beyond())
                            .chain(() -> set(NOTHING_TO_ASK, choice.untestable()))
                            .replaceWith(choice.chosen());
                });
    }

    private record Choice(List<Due> chosen, List<UUID> beyond, List<UUID> untestable) {}

    private void choose(RowSet<Row> rows, int atOnce, int perProvider, Choice choice) {
        Map<String, Integer> ofProvider = new HashMap<>();
        for (Row row : rows) {
            String provider = row.getString("provider");
            int before = ofProvider.getOrDefault(provider, 0);
            if (!tester.canTest(ConnectionMethod.of(row.getString("connection_method")), provider)) {
                choice.untestable().add(row.getUUID("id"));
            } else if (choice.chosen().size() < atOnce && before < perProvider) {
                ofProvider.put(provider, before + 1);
                choice.chosen().add(new Due(row.getUUID("id"), row.getUUID("user_id")));
            } else {
                choice.beyond().add(row.getUUID("id"));
            }
        }
    }

    private Uni<Void> set(String statement, List<UUID> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : jobs.preparedQuery(statement)
                        .execute(Tuple.tuple().addArrayOfUUID(ids.toArray(UUID[]::new)))
                        .replaceWithVoid();
    }
}
