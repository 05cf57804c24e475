package io.flowmaestro.connections.registry.retention;

import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.broker;
import static io.flowmaestro.connections.registry.Registry.sql;
import static io.flowmaestro.connections.registry.Registry.stored;
import static io.flowmaestro.connections.registry.Registry.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RegistryTest
class RetentionTest {

    private final UUID carol = UUID.randomUUID();

    @Inject
    Retention retention;

    @BeforeEach
    void peersWork() {
        Registry.peersThatWork();
    }

    private void sweep() {
        retention.sweep().await().indefinitely();
    }

    @Test
    void purgesWhatWasDeletedLongAgoAndKeepsTheRest() throws Exception {
        String old = stored(carol, "openai");
        String recent = stored(carol, "github");
        as(carol).delete("/api/connections/{id}", old).then().statusCode(200);
        as(carol).delete("/api/connections/{id}", recent).then().statusCode(200);
        update("update registry.connections set deleted_at = now() - interval '31 days' where id = '" + old + "'");

        sweep();

        assertThat(sql("select string_agg(id::text, ' ') from registry.connections where user_id = '" + carol + "'"))
                .isEqualTo(recent);
        as(carol)
                .get("/api/connections/{id}/events", old)
                .then()
                .statusCode(200)
                .body("data[0].type", equalTo("purged"));
    }

    @Test
    void hidesWhatItsProviderHasStillToBeToldOf() throws Exception {
        String id = UUID.randomUUID().toString();
        broker(carol)
                .body("{\"id\": \"" + id + "\", \"name\": \"n\", \"connection_method\": \"oauth2\","
                        + " \"provider\": \"github\", \"envelope\": " + Registry.ENVELOPE + "}")
                .post("/internal/connections")
                .then()
                .statusCode(201);
        as(carol).delete("/api/connections/{id}", id).then().statusCode(200);
        update("update registry.connections set deleted_at = now() - interval '31 days' where id = '" + id + "'");

        sweep();
        sweep();

        assertThat(sql("select purged_at is not null from registry.connections where id = '" + id + "'"))
                .isEqualTo("t");
        as(carol).post("/api/connections/{id}/restore", id).then().statusCode(404);
        as(carol)
                .get("/api/connections/{id}/events", id)
                .then()
                .body("data.type", equalTo(List.of("purged", "deleted", "created")));
    }

    @Test
    void dropsOldEventsAndOldKeys() throws Exception {
        String id = stored(carol, "openai");
        update("insert into registry.connection_events (id, user_id, connection_id, type, occurred_at, actor, via) "
                + "select gen_random_uuid(), '" + carol + "', '" + id
                + "', 'used', now() - interval '401 days', 'w', 'w' "
                + "from generate_series(1, 2100)");
        update("insert into registry.connection_uses"
                + " (user_id, connection_id, type, actor, via, first_at, last_at, ids, ats, trace_ids, details)"
                + " select '" + carol + "', '" + id + "', 'used', 'w', 'w', d.at, d.at,"
                + " array['" + id + "']::uuid[], array[d.at], array[null]::uuid[], array['{}']::jsonb[]"
                + " from (select now() - interval '401 days' as at from generate_series(1, 2100)"
                + " union all select now() - interval '399 days') d");
        update("insert into registry.idempotency_keys (user_id, key, request, connection_id, created_at) values ('"
                + carol + "', 'old', 'x', '" + id + "', now() - interval '25 hours'), ('" + carol + "', 'new', 'x', '"
                + id + "', now())");

        sweep();

        assertThat(sql("select count(*) from registry.connection_events where user_id = '" + carol + "'"))
                .isEqualTo("1");
        assertThat(sql("select count(*) from registry.connection_uses where user_id = '" + carol + "'"))
                .isEqualTo("1");
        assertThat(sql("select string_agg(key, ' ') from registry.idempotency_keys where user_id = '" + carol + "'"))
                .isEqualTo("new");
    }
}
