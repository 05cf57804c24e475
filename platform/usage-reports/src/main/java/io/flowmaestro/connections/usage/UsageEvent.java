package io.flowmaestro.connections.usage;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.flowmaestro.connections.http.TraceId;
import io.flowmaestro.connections.identity.Caller;
import java.time.Instant;
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
 * @param traceId 32 hexadecimal digits
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
    private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();

    public UsageEvent {
        details = Map.copyOf(details);
        if (details.size() > MOST_DETAILS || !details.values().stream().allMatch(UsageEvent::isPlain)) {
            throw new IllegalArgumentException("details are at most 10 strings, numbers or booleans");
        }
    }

    /** An event of the request in hand. */
    public static UsageEvent of(
            Caller caller, UUID connection, String type, Instant occurredAt, Map<String, Object> details) {
        return new UsageEvent(
                IDS.generate(),
                caller.subject(),
                connection,
                type,
                occurredAt,
                caller.actor(),
                caller.via(),
                TraceId.current(),
                details);
    }

    private static boolean isPlain(Object value) {
        return value instanceof String || value instanceof Number || value instanceof Boolean;
    }
}
