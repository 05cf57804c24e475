package io.flowmaestro.connections.registry.event;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.flowmaestro.connections.http.TraceId;
import io.flowmaestro.connections.identity.Caller;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Something that happened to a connection.
 *
 * @param id tells a repeated report from a new one
 * @param actor who did it: a user's id or a service account's subject
 * @param via the OAuth client through which it was done
 * @param details public facts only, never a secret
 * @param noticed whether the owner is written to as well
 */
public record Event(
        UUID id,
        UUID user,
        UUID connection,
        EventType type,
        Instant occurredAt,
        String actor,
        String via,
        String traceId,
        Map<String, Object> details,
        boolean noticed) {

    /** What the registry does by itself. */
    private static final String REGISTRY = "connection-registry";

    private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();
    private static final int LONGEST_NAME = 255;

    public Event {
        actor = cut(actor);
        via = cut(via);
        details = Map.copyOf(details);
    }

    /** An event of the request in hand. */
    public static Event of(Caller caller, UUID connection, EventType type, Instant at, Map<String, Object> details) {
        return new Event(
                IDS.generate(),
                caller.subject(),
                connection,
                type,
                at,
                caller.actor(),
                caller.via(),
                TraceId.current(),
                details,
                type.isNoticed());
    }

    /** An event that nobody asked for. */
    public static Event ofRegistry(
            UUID user, UUID connection, EventType type, Instant at, Map<String, Object> details) {
        return new Event(
                IDS.generate(),
                user,
                connection,
                type,
                at,
                REGISTRY,
                REGISTRY,
                TraceId.current(),
                details,
                type.isNoticed());
    }

    /** The same, of which the owner need not be told. */
    public Event unnoticed() {
        return new Event(id, user, connection, type, occurredAt, actor, via, traceId, details, false);
    }

    /** Whether webhooks or the owner hear of it. */
    boolean isTold() {
        return type.isDelivered() || noticed;
    }

    JsonObject json() {
        return new JsonObject(details);
    }

    private static String cut(String name) {
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }
}
