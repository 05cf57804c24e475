package io.flowmaestro.connections.usage;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The body of a report, as connection-registry reads it.
 *
 * @param user whose events these are, which the call says once for all of them; null when each event names its own
 */
record Report(@JsonIgnore @Nullable UUID user, List<Event> events) {

    /** UUIDs are texts already, since their own serializer takes several times as long. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Event(
            String id,
            @Nullable String userId,
            String connectionId,
            String type,
            Instant occurredAt,
            String actor,
            String via,
            @Nullable String traceId,
            Map<String, Object> details) {

        private static Event of(UsageEvent event, boolean named) {
            return new Event(
                    event.id().toString(),
                    named ? event.user().toString() : null,
                    event.connection().toString(),
                    event.type(),
                    event.occurredAt(),
                    event.actor(),
                    event.via(),
                    event.traceId(),
                    event.details());
        }
    }

    static Report of(List<UsageEvent> events) {
        var user = events.getFirst().user();
        boolean named = !isOf(user, events);
        List<Event> told = new ArrayList<>(events.size());
        for (var event : events) {
            told.add(Event.of(event, named));
        }
        return new Report(named ? null : user, told);
    }

    private static boolean isOf(UUID user, List<UsageEvent> events) {
        for (var event : events) {
            if (!event.user().equals(user)) {
                return false;
            }
        }
        return true;
    }
}
