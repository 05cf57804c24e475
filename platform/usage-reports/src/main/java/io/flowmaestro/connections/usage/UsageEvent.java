package io.flowmaestro.connections.usage;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.flowmaestro.connections.http.TraceId;
import io.flowmaestro.connections.identity.Caller;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody used a connection.
 *
 * @param id the deduplication key, the same however often the event is sent
 * @param user whose connection it is
 * @param type what was done, e.g. {@code tool_called}
 * @param actor who did it, see {@link Caller}
 * @param via the OAuth client through which it was done
 * @param traceId 32 hexadecimal digits, absent outside a request
 * @param details at most 10 strings, numbers or booleans; never a secret
 */
public record UsageEvent(
        UUID id,
        UUID user,
        UUID connection,
        String type,
        Instant occurredAt,
        String actor,
        String via,
        @Nullable String traceId,
        Map<String, Object> details) {

    private static final int MOST_DETAILS = 10;
    private static final String NO_TRACE = "0".repeat(32);
    private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();

    public UsageEvent {
        details = Map.copyOf(details);
        if (details.size() > MOST_DETAILS) {
            throw unfit();
        }
        for (var value : details.values()) {
            if (!isPlain(value)) {
                throw unfit();
            }
        }
    }

    /** An event of the request in hand. */
    public static UsageEvent of(
            Caller caller, UUID connection, String type, Instant occurredAt, Map<String, Object> details) {
        var trace = TraceId.current();
        return new UsageEvent(
                IDS.generate(),
                caller.subject(),
                connection,
                type,
                occurredAt,
                caller.actor(),
                caller.via(),
                trace.equals(NO_TRACE) ? null : trace,
                details);
    }

    /** The same event with one more detail, e.g. how it ended. */
    public UsageEvent with(String detail, Object value) {
        return new UsageEvent(id, user, connection, type, occurredAt, actor, via, traceId, and(detail, value));
    }

    /** Nearly every event has one detail when it gets its second: that takes no map in between. */
    private Map<String, Object> and(String detail, Object value) {
        if (details.size() == 1 && !details.containsKey(detail)) {
            var only = details.entrySet().iterator().next();
            return Map.of(only.getKey(), only.getValue(), detail, value);
        }
        var all = new HashMap<>(details);
        all.put(detail, value);
        return all;
    }

    private static IllegalArgumentException unfit() {
        return new IllegalArgumentException("details are at most " + MOST_DETAILS + " strings, numbers or booleans");
    }

    private static boolean isPlain(Object value) {
        return value instanceof String || value instanceof Number || value instanceof Boolean;
    }
}
