package io.flowmaestro.connections.registry.event;

import static io.flowmaestro.connections.registry.Registry.broker;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reports of uses, as services send them. */
public final class Reports {

    private Reports() {}

    /** One use that a service tells of. */
    record Use(UUID id, String connection, String type, Instant at, String actor) {

        String json() {
            return """
                    {"id": "%s", "connection_id": "%s", "type": "%s", "occurred_at": "%s", "actor": "%s", "via": "worker",
                     "trace_id": "%s", "details": {"of": "%s"}}""".formatted(id, connection, type, at, actor, trace(), id);
        }

        String trace() {
            return id.toString().replace("-", "");
        }
    }

    /** Gives how many of them were new. */
    static int accepted(UUID user, List<Use> uses) {
        return broker(user)
                .body(uses.stream().map(Use::json).collect(Collectors.joining(", ", "{\"events\": [", "]}")))
                .post("/internal/usage")
                .then()
                .statusCode(200)
                .extract()
                .path("data.accepted");
    }

    /** Reports uses of one connection, twenty at a time, and counts those that were recorded. */
    public static void usedUntil(BooleanSupplier over, UUID user, String connection, AtomicInteger recorded) {
        while (!over.getAsBoolean()) {
            var uses = IntStream.range(0, 20)
                    .mapToObj(_ -> new Use(UUID.randomUUID(), connection, "tool_called", Instant.now(), "worker-7"))
                    .toList();
            recorded.addAndGet(accepted(user, uses));
        }
    }

    public static void usedTwice(UUID user, String connection) {
        var use = new Use(UUID.randomUUID(), connection, "used", Instant.parse("2026-11-02T00:00:00Z"), "worker-7");
        var other = new Use(UUID.randomUUID(), connection, "used", use.at(), use.actor());
        assertThat(accepted(user, List.of(use, other))).isEqualTo(2);
    }
}
