package io.flowmaestro.connections.registry.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.proof.Proof;
import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.quarkus.test.common.QuarkusTestResource;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Walks through thousands of rows of the same few moments and names, while others come and go between them. */
@RegistryTest
@QuarkusTestResource(value = ProofSettings.class, restrictToAnnotatedClass = true)
class KeysetProof {

    private static final List<String> LISTS = List.of(
            "/api/connections?sort=created_at",
            "/api/connections?sort=-created_at",
            "/api/connections?sort=updated_at",
            "/api/connections?sort=-updated_at",
            "/api/connections?sort=last_used_at",
            "/api/connections?sort=-last_used_at",
            "/api/connections?sort=name",
            "/api/connections?sort=-name",
            "/api/connections/events?");

    /** A dozen moments and names for all rows, and no last use for many. */
    private static final String ROWS = """
            insert into registry.connections (id, user_id, name, connection_method, provider, data, created_at, updated_at,
                                              last_used_at)
            select gen_random_uuid(), '%s', (array['Same', 'same', 'SAME', 'other', 'Äpfel', 'z'])[1 + floor(random() * 6)::int],
                   'api_key', '%s', '{}', t.at, t.at, case when random() < 0.5 then t.at end
              from generate_series(1, %d), lateral (
                   select timestamptz '2026-01-01' + floor(random() * 12) * interval '1 microsecond' as at where generate_series > 0) t""";

    private static final String EVENTS = """
            insert into registry.connection_events (id, user_id, connection_id, type, occurred_at, actor, via)
            select gen_random_uuid(), user_id, id, '%s', created_at, 'a', 'v' from registry.connections
             where user_id = '%s' and provider = '%s' limit %d""";

    private final UUID user = UUID.randomUUID();
    private final AtomicBoolean over = new AtomicBoolean();
    private final LongAdder passing = new LongAdder();
    private long pages;
    private long missed;
    private long repeated;

    @Test
    void everyRowThatStaysIsShownOnceInEveryOrder() throws Exception {
        var proof = Proof.of("registry.keyset-pages");
        int rows = proof.times(5_000, 1_000);
        int walks = Math.max(1, proof.rounds() / 10);
        var random = proof.random();
        Registry.update(ROWS.formatted(user, "stable", rows));
        Registry.update(EVENTS.formatted("created", user, "stable", rows));
        try (var thread = Executors.newSingleThreadExecutor();
                var client = new Client(user)) {
            var comingAndGoing = thread.submit(this::comeAndGo);
            try {
                for (int walk = 0; walk < walks * LISTS.size(); walk++) {
                    walk(client, LISTS.get(walk % LISTS.size()), random, rows);
                }
            } finally {
                over.set(true);
            }
            comingAndGoing.get();
        }
        proof.figure("rows", rows)
                .figure("orders", LISTS.size())
                .figure("walks", walks * LISTS.size())
                .figure("pages", pages)
                .figure("inserted_and_deleted_meanwhile", passing)
                .figure("missed", missed)
                .figure("repeated", repeated)
                .print();

        assertThat(passing.sum()).isPositive();
        assertThat(missed).as("missed rows").isZero();
        assertThat(repeated).as("repeated rows").isZero();
    }

    private Void comeAndGo() throws Exception {
        while (!over.get()) {
            Registry.update(ROWS.formatted(user, "passing", 50));
            Registry.update(EVENTS.formatted("used", user, "passing", 50));
            Thread.sleep(10);
            Registry.update("delete from registry.connection_events where type = 'used' and user_id = '" + user + "'");
            Registry.update("delete from registry.connections where provider = 'passing' and user_id = '" + user + "'");
            passing.add(50);
        }
        return null;
    }

    private void walk(Client client, String list, RandomGenerator random, int rows) throws IOException {
        Map<String, Integer> seen = new HashMap<>();
        int stable = 0;
        String cursor = "";
        do {
            JsonNode page = Client.json(client.get(list + "&limit=" + (20 + random.nextInt(81)) + cursor));
            pages++;
            for (JsonNode row : page.get("data")) {
                seen.merge(row.get("id").textValue(), 1, Integer::sum);
                boolean stays = row.path("provider").asText().equals("stable")
                        || row.path("type").asText().equals("created");
                stable += stays ? 1 : 0;
            }
            cursor = page.at("/pagination/next_cursor").isTextual()
                    ? "&cursor=" + page.at("/pagination/next_cursor").textValue()
                    : "";
        } while (!cursor.isEmpty());
        long again = seen.values().stream().filter(times -> times > 1).count();
        repeated += again;
        missed += Math.max(0, rows - (stable - again));
    }
}
