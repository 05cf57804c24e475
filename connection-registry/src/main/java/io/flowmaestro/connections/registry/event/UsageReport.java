package io.flowmaestro.connections.registry.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.registry.data.Moments;
import io.flowmaestro.connections.registry.data.StorableText;
import io.flowmaestro.connections.registry.data.TextRule;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
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
    private static final Pattern TRACE = Pattern.compile("[0-9a-f]{32}");
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
            @Nullable Map<String, JsonNode> details) {}

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
        List<Event> read = new ArrayList<>();
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
        String trace = use.traceId == null || TRACE.matcher(use.traceId).matches() ? use.traceId : null;
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
                trace == null ? "" : trace,
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

    private static @Nullable Map<String, Object> details(@Nullable Map<String, JsonNode> given) {
        Map<String, Object> details = new LinkedHashMap<>();
        if (given == null) {
            return details;
        }
        for (Map.Entry<String, JsonNode> entry : given.entrySet()) {
            Object value = scalar(entry.getValue());
            if (value == null || !isShort(entry.getKey())) {
                return null;
            }
            details.put(entry.getKey(), value);
        }
        return details.size() > MOST_DETAILS ? null : details;
    }

    /** A tool's name is its server's choice: a long one is cut rather than refused, so that no use goes unrecorded. */
    private static @Nullable Object scalar(@Nullable JsonNode value) {
        if (value == null) {
            return null;
        }
        if (value.isTextual()) {
            String text = value.textValue();
            return StorableText.isUnstorable(text) ? null : text.substring(0, Math.min(text.length(), LONGEST));
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isIntegralNumber()) {
            return value.canConvertToLong() ? value.longValue() : null;
        }
        return value.isNumber() && Double.isFinite(value.doubleValue()) ? value.doubleValue() : null;
    }
}
