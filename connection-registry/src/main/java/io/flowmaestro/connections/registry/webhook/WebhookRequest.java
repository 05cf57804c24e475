package io.flowmaestro.connections.registry.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.registry.data.Fields;
import io.flowmaestro.connections.registry.data.UrlRule;
import io.flowmaestro.connections.registry.event.EventType;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A webhook to be made. */
record WebhookRequest(String url, Set<EventType> events) {

    private static final int MOST = 50;

    /** @throws io.flowmaestro.connections.http.ProblemException 400 with everything that is wrong */
    static WebhookRequest read(@Nullable JsonNode body) {
        List<Violation> violations = new ArrayList<>();
        Fields fields = new Fields(body, "", violations);
        String url = fields.required("url", UrlRule.HTTP);
        Set<EventType> events = events(fields, fields.node("events"));
        fields.refuseOthers();
        if (!violations.isEmpty()) {
            throw RegistryProblem.invalid(violations);
        }
        return new WebhookRequest(url, events);
    }

    /** Absent means all. */
    private static Set<EventType> events(Fields fields, @Nullable JsonNode given) {
        if (given == null) {
            return new LinkedHashSet<>(EventType.DELIVERED);
        }
        Set<EventType> events = new LinkedHashSet<>();
        if (!given.isArray() || given.isEmpty() || given.size() > MOST) {
            fields.refuse("events", "must be a list of 1 to %d event types".formatted(MOST));
            return events;
        }
        for (int i = 0; i < given.size(); i++) {
            Optional<EventType> type = type(given.get(i));
            if (type.isEmpty()) {
                fields.refuse(
                        "events[%d]".formatted(i),
                        "must be %sTYPE with one of these types: %s"
                                .formatted(Webhook.PREFIX, EventType.DELIVERED_NAMES));
            }
            type.ifPresent(events::add);
        }
        return events;
    }

    private static Optional<EventType> type(JsonNode given) {
        String text = given.asText("");
        return text.startsWith(Webhook.PREFIX)
                ? EventType.find(text.substring(Webhook.PREFIX.length())).filter(EventType.DELIVERED::contains)
                : Optional.empty();
    }
}
