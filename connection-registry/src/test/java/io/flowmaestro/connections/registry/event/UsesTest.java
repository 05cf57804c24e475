package io.flowmaestro.connections.registry.event;

import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.sql;
import static io.flowmaestro.connections.registry.Registry.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.flowmaestro.connections.registry.event.Reports.Use;
import io.flowmaestro.connections.testing.PostgresResource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uses that are kept together are told, and told again, as though each were by itself. */
@RegistryTest
class UsesTest {

    private static final Instant START = Instant.parse("2026-11-02T00:00:00Z");
    private static final int LASTING_MILLIS = 45_000;

    private final UUID user = UUID.randomUUID();

    @BeforeEach
    void peersWork() {
        Registry.peersThatWork();
    }

    private static Use use(Random random, List<String> connections) {
        return new Use(
                new UUID(random.nextLong(), random.nextLong()),
                connections.get(random.nextInt(connections.size())),
                random.nextBoolean() ? "used" : "tool_called",
                START.plusMillis(random.nextInt(LASTING_MILLIS / 250) * 250L),
                "worker-" + random.nextInt(2));
    }

    private static List<Use> uses(Random random, List<String> connections, int count) {
        return IntStream.range(0, count).mapToObj(_ -> use(random, connections)).toList();
    }

    /** So many of one batch. */
    private static List<Use> alike(Random random, List<String> connections, int count) {
        var first = use(random, connections);
        long span = Math.floorDiv(first.at().getEpochSecond(), Uses.SPAN.toSeconds()) * Uses.SPAN.toSeconds();
        return IntStream.range(0, count)
                .mapToObj(_ -> new Use(
                        new UUID(random.nextLong(), random.nextLong()),
                        first.connection(),
                        first.type(),
                        Instant.ofEpochSecond(span).plusMillis(random.nextInt(40) * 250L),
                        first.actor()))
                .toList();
    }

    /** Some of them as an older release wrote them. */
    private void record(Random random, List<Use> uses) throws Exception {
        int at = 0;
        while (at < uses.size()) {
            int end = Math.min(uses.size(), at + 1 + random.nextInt(60));
            var some = uses.subList(at, end);
            if (random.nextInt(5) == 0) {
                for (var one : some) {
                    Registry.update("insert into registry.connection_events"
                            + " (id, user_id, connection_id, type, occurred_at, actor, via) values ('" + one.id()
                            + "', '"
                            + user + "', '" + one.connection() + "', '" + one.type() + "', '" + one.at() + "', '"
                            + one.actor() + "', 'worker')");
                }
            } else {
                assertThat(Reports.accepted(user, some)).isEqualTo(some.size());
            }
            at = end;
        }
    }

    private List<String> read(Map<String, Object> query, @Nullable String connection) {
        List<String> found = new ArrayList<>();
        String cursor = null;
        do {
            var request = as(user).queryParams(query);
            if (cursor != null) {
                request.queryParam("cursor", cursor);
            }
            var page = request.get(
                            connection == null
                                    ? "/api/connections/events"
                                    : "/api/connections/" + connection + "/events")
                    .then()
                    .statusCode(200)
                    .extract();
            found.addAll(page.<List<String>>path("data.id"));
            cursor = page.path("pagination.next_cursor");
        } while (cursor != null);
        return found;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void areListedInOrderWhicheverWayTheyAreAskedFor(long seed) throws Exception {
        var random = new Random(seed);
        var connections = List.of(stored(user, "openai"), stored(user, "github"));
        var uses = new ArrayList<>(uses(random, connections, 250));
        record(random, uses);
        for (int i = 0; i < 5; i++) {
            var alike = alike(random, connections, 60);
            assertThat(Reports.accepted(user, alike)).isEqualTo(alike.size());
            uses.addAll(alike);
        }
        var everyUse = Set.copyOf(ids(uses, _ -> true));

        for (int i = 0; i < 8; i++) {
            Map<String, Object> query = new HashMap<>();
            Predicate<Use> asked = _ -> true;
            query.put("limit", List.of(4 + random.nextInt(9), 17, 100).get(random.nextInt(3)));
            if (random.nextInt(3) > 0) {
                query.put("type", random.nextBoolean() ? "used" : "tool_called");
                asked = asked.and(use -> use.type().equals(query.get("type")));
            }
            String connection = random.nextBoolean() ? connections.get(random.nextInt(2)) : null;
            asked = asked.and(use -> connection == null || use.connection().equals(connection));
            var from = START.plusMillis(random.nextInt(LASTING_MILLIS));
            if (random.nextBoolean()) {
                query.put("from", from.toString());
                asked = asked.and(use -> !use.at().isBefore(from));
            }
            var to = from.plusMillis(1 + random.nextInt(LASTING_MILLIS));
            if (random.nextBoolean()) {
                query.put("to", to.toString());
                asked = asked.and(use -> use.at().isBefore(to));
            }

            // Without a type there is also what else happens to connections.
            var found = new ArrayList<>(read(query, connection));
            found.retainAll(everyUse);
            assertThat(found).as("%s of %s", query, connection).isEqualTo(ids(uses, asked));
        }
    }

    /** Ids are compared as PostgreSQL does, by their bytes. */
    private static List<String> ids(List<Use> uses, Predicate<Use> asked) {
        return uses.stream()
                .filter(asked)
                .sorted(Comparator.comparing(Use::at)
                        .thenComparing(use -> use.id().toString())
                        .reversed())
                .map(use -> use.id().toString())
                .toList();
    }

    @Test
    void areListedAmongWhatElseHappened() throws Exception {
        String connection = stored(user, "openai");
        var created = Instant.parse(
                as(user).get("/api/connections/events").then().extract().<String>path("data[0].occurred_at"));
        var before = new Use(UUID.randomUUID(), connection, "used", created.minusMillis(1), "worker-7");
        var after = new Use(UUID.randomUUID(), connection, "used", created.plusMillis(1), "worker-7");
        Reports.accepted(user, List.of(after, before));

        as(user).get("/api/connections/{id}/events", connection)
                .then()
                .body("data.type", equalTo(List.of("used", "created", "used")))
                .body("data[0].id", equalTo(after.id().toString()))
                .body("data[0].connection_id", equalTo(connection))
                .body("data[0].actor", equalTo("worker-7"))
                .body("data[0].via", equalTo("worker"))
                .body("data[0].trace_id", equalTo(after.trace()))
                .body("data[0].details.of", equalTo(after.id().toString()))
                .body("data[2].id", equalTo(before.id().toString()));
    }

    @Test
    void areExportedEach() {
        String connection = stored(user, "openai");
        var uses = uses(new Random(4), List.of(connection), 300);
        Reports.accepted(user, uses);

        String lines = as(user).get("/api/connections/events/export")
                .then()
                .statusCode(200)
                .extract()
                .asString();

        assertThat(lines.lines()).hasSize(301).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void areTakenOnceHoweverTheyAreToldAgain(long seed) {
        var random = new Random(seed);
        var uses = new ArrayList<>(uses(random, List.of(stored(user, "openai"), stored(user, "github")), 300));
        int accepted = 0;
        for (int round = 0; round < 12; round++) {
            int from = random.nextInt(uses.size());
            int to = from + random.nextInt(uses.size() - from) + 1;
            accepted += Reports.accepted(user, uses.subList(from, to));
            Collections.shuffle(uses, random);
        }
        accepted += Reports.accepted(user, uses);

        assertThat(accepted).isEqualTo(uses.size());
        assertThat(Reports.accepted(user, uses)).isZero();
        for (var type : List.of("used", "tool_called")) {
            assertThat(read(Map.of("type", type, "limit", 100), null))
                    .isEqualTo(ids(uses, use -> use.type().equals(type)));
        }
    }

    @Test
    void areTakenOnceByReportsThatCross() throws Exception {
        var uses = uses(new Random(7), List.of(stored(user, "openai"), stored(user, "github")), 100);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var reports = IntStream.range(0, 8)
                    .mapToObj(_ -> callers.submit(() -> Reports.accepted(user, uses)))
                    .toList();
            int accepted = 0;
            for (var report : reports) {
                accepted += report.get();
            }
            assertThat(accepted).isEqualTo(uses.size());
        }
        assertThat(sql("select sum(uses) from registry.connection_uses where user_id = '" + user + "'"))
                .isEqualTo("100");
    }

    @Test
    void thatAReplicaOfTheReleaseBeforeRecordedAsWellAreShownOnce() throws Exception {
        String connection = stored(user, "openai");
        var uses = alike(new Random(8), List.of(connection), 30);
        Reports.accepted(user, uses);
        Registry.update(
                "insert into registry.connection_events (id, user_id, connection_id, type, occurred_at, actor, via)"
                        + " select e.id, u.user_id, u.connection_id, u.type, e.at, u.actor, u.via"
                        + " from registry.connection_uses u cross join lateral unnest(u.ids, u.ats) as e (id, at)"
                        + " where u.user_id = '" + user + "'");

        var type = uses.getFirst().type();
        for (int limit : List.of(1, 7, 100)) {
            assertThat(read(Map.of("type", type, "limit", limit), connection)).isEqualTo(ids(uses, _ -> true));
        }
    }

    /** What is finer than the database is cut when it is read: rounded up, it would lie in the next batch's time. */
    @Test
    void areKnownAgainAtTheVeryEndOfTheirBatch() {
        String connection = stored(user, "openai");
        var first = new Use(UUID.randomUUID(), connection, "used", START, "worker-7");
        var last = new Use(
                UUID.randomUUID(), connection, "used", START.plus(Uses.SPAN).minusNanos(1), "worker-7");
        assertThat(Reports.accepted(user, List.of(first, last))).isEqualTo(2);

        assertThat(Reports.accepted(user, List.of(first))).isZero();
        assertThat(Reports.accepted(user, List.of(last))).isZero();
    }

    @Test
    void lieTogether() throws Exception {
        String connection = stored(user, "openai");
        var uses = IntStream.range(0, 40)
                .mapToObj(i -> new Use(
                        UUID.randomUUID(),
                        connection,
                        "used",
                        START.plus(Duration.ofMillis(i * 500L)),
                        i % 2 == 0 ? "worker-7" : "worker-8"))
                .toList();
        Reports.accepted(user, uses);

        assertThat(sql("select string_agg(actor || ' ' || cardinality(ids), ', ' order by actor, last_at)"
                        + " from registry.connection_uses where user_id = '" + user + "'"))
                .isEqualTo("worker-7 10, worker-7 10, worker-8 10, worker-8 10");
    }

    @Test
    void cannotBeChangedByTheApplication() throws Exception {
        Reports.usedTwice(user, stored(user, "openai"));
        try (var database = PostgresResource.as("registry_app");
                var statement = database.createStatement()) {
            statement.execute("set app.user_id = '" + user + "'");
            for (var change : List.of(
                    "update registry.connection_uses set actor = 'x'", "delete from registry.connection_uses")) {
                assertThatThrownBy(() -> statement.executeUpdate(change)).hasMessageContaining("permission denied");
            }
        }
    }

    @Test
    void areSeenByTheirUserAlone() throws Exception {
        Reports.usedTwice(user, stored(user, "openai"));
        try (var database = PostgresResource.as("registry_app");
                var statement = database.createStatement()) {
            for (var seen : Map.of(user, 1, UUID.randomUUID(), 0).entrySet()) {
                statement.execute("set app.user_id = '" + seen.getKey() + "'");
                try (var rows = statement.executeQuery("select count(*) from registry.connection_uses")) {
                    rows.next();
                    assertThat(rows.getInt(1)).isEqualTo(seen.getValue());
                }
            }
        }
    }
}
