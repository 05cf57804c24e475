package io.flowmaestro.connections.registry.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.registry.data.Moments;
import io.flowmaestro.connections.registry.data.StorableText;
import io.flowmaestro.connections.registry.data.TextRule;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Uses of connections, and how refreshes went, reported by the services that saw them. Sending a report again does no harm. Webhooks hear of failures and recoveries; the owner, whose connection works all the same, does not.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record UsageReport(@Nullable List<@Nullable Use> events) {

    private static final int LARGEST = 500;
    private static final int MOST_DETAILS = 10;
    private static final Set<EventType> REPORTED = EnumSet.of(
            EventType.USED, EventType.TOOL_CALLED, EventType.REFRESHED, EventType.REFRESH_FAILED, EventType.RECOVERED);
    private static final int LONGEST = 255;
    private static final TextRule SHORT = TextRule.text(LONGEST);
    private static final int TRACE_LENGTH = 32;
    private static final String AT = "events[%d]";
    private static final String DETAILS_RULE =
            "must be an object of at most %d short texts, numbers and booleans".formatted(MOST_DETAILS);

    /**
     * @param id tells a repeated report from a new one
     * @param userId whose connection it is; may be left out by a call on behalf of a user
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Use(
            @Nullable UUID id,
            @Nullable UUID userId,
            @Nullable UUID connectionId,
            @Nullable String type,
            @Nullable String occurredAt,
            @Nullable String actor,
            @Nullable String via,
            @Nullable String traceId,
            @Nullable Map<String, @Nullable Object> details) {}

    /**
     * What is reported, each with its user.
     *
     * @param caller the user that the call is for; empty when each use has to name its own
     * @throws io.flowmaestro.connections.http.ProblemException 400 naming everything that is wrong
     */
    List<Event> validate(Optional<UUID> caller) {
        if (events == null || events.isEmpty() || events.size() > LARGEST) {
            throw RegistryProblem.invalid(
                    List.of(new Violation("events", "must be a list of 1 to %d events".formatted(LARGEST))));
        }
        List<Violation> violations = new ArrayList<>();
        List<Event> read = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            Event event = read(caller, events.get(i), i, violations);
            if (event != null) {
                read.add(event);
            }
        }
        if (!violations.isEmpty()) {
            throw RegistryProblem.invalid(violations);
        }
        return read;
    }

    private static @Nullable Event read(Optional<UUID> caller, @Nullable Use use, int at, List<Violation> violations) {
        if (use == null) {
            violations.add(new Violation(AT.formatted(at), "must be an object"));
            return null;
        }
        EventType type = EventType.find(String.valueOf(use.type))
                .filter(REPORTED::contains)
                .orElse(null);
        Instant occurredAt = Moments.find(use.occurredAt).orElse(null);
        Map<String, Object> details = details(use.details);
        UUID user = use.userId == null ? caller.orElse(null) : use.userId;
        int before = violations.size();
        require(use.id != null, at, "id", "must be a UUID", violations);
        require(user != null, at, "user_id", "must be a UUID, or X-On-Behalf-Of must name the user", violations);
        require(
                user == null || caller.isEmpty() || caller.get().equals(user),
                at,
                "user_id",
                "must be the user of X-On-Behalf-Of",
                violations);
        require(use.connectionId != null, at, "connection_id", "must be a UUID", violations);
        require(
                type != null,
                at,
                "type",
                "must be one of: used, tool_called, refreshed, refresh_failed, recovered",
                violations);
        require(occurredAt != null, at, "occurred_at", Moments.RULE, violations);
        require(isShort(use.actor), at, "actor", "must be a text of at most 255 characters", violations);
        require(isShort(use.via), at, "via", "must be a text of at most 255 characters", violations);
        require(details != null, at, "details", DETAILS_RULE, violations);
        if (violations.size() > before
                || use.id == null
                || user == null
                || use.connectionId == null
                || type == null
                || occurredAt == null
                || use.actor == null
                || use.via == null
                || details == null) {
            return null;
        }
        return new Event(
                use.id,
                user,
                use.connectionId,
                type,
                occurredAt,
                use.actor,
                use.via,
                trace(use.traceId),
                details,
                false);
    }

    /** Nothing is put into words for a use that is in order: hundreds come at a time. */
    private static void require(boolean holds, int at, String field, String message, List<Violation> violations) {
        if (!holds) {
            violations.add(new Violation(AT.formatted(at) + "." + field, message));
        }
    }

    private static boolean isShort(@Nullable String text) {
        return text != null && SHORT.refuse(text).isEmpty();
    }

    /** One that is none is left out: a use counts for more than its trace. */
    private static String trace(@Nullable String text) {
        return text != null && isTrace(text) ? text : "";
    }

    private static boolean isTrace(String text) {
        for (int at = 0; at < text.length(); at++) {
            char digit = text.charAt(at);
            if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
                return false;
            }
        }
        return text.length() == TRACE_LENGTH;
    }

    private static @Nullable Map<String, Object> details(@Nullable Map<String, @Nullable Object> given) {
        if (given == null || given.isEmpty()) {
            return Map.of();
        }
        if (given.size() > MOST_DETAILS) {
            return null;
        }
        Map<String, Object> details = HashMap.newHashMap(given.size());
        for (Map.Entry<String, @Nullable Object> entry : given.entrySet()) {
            Object value = scalar(entry.getValue());
            if (value == null || !isShort(entry.getKey())) {
                return null;
            }
            details.put(entry.getKey(), value);
        }
        return details;
    }

    /** A tool's name is its server's choice: a long one is cut rather than refused, so that no use goes unrecorded. */
    private static @Nullable Object scalar(@Nullable Object value) {
        return switch (value) {
            case String text
            when !StorableText.isUnstorable(text) -> text.substring(0, Math.min(text.length(), LONGEST));
            case Double number when Double.isFinite(number) -> number;
            case Boolean _, Integer _, Long _ -> value;
            case null, default -> null;
        };
    }
}
