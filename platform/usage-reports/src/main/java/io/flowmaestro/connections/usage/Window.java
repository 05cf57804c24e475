package io.flowmaestro.connections.usage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What came in between two flushes. Of uses without details that differ in nothing but their moment only the latest is
 * told, with how many there were, so that a busy worker costs the registry no more than a calm one. Lives on the loop.
 */
final class Window {

    private static final String USES = "uses";
    private static final String SINCE = "since";

    private final List<UsageEvent> apart = new ArrayList<>();
    private final Map<Likeness, Repeats> repeats = new HashMap<>();
    private int folded;

    private record Likeness(UUID user, UUID connection, String type, String actor, String via) {
        static Likeness of(UsageEvent event) {
            return new Likeness(event.user(), event.connection(), event.type(), event.actor(), event.via());
        }
    }

    /** Events that are like each other; the last one speaks for all. */
    private static final class Repeats {
        private final UsageEvent first;
        private UsageEvent last;
        private int seen = 1;

        Repeats(UsageEvent event) {
            first = event;
            last = event;
        }

        void add(UsageEvent event) {
            last = event;
            seen++;
        }

        UsageEvent told() {
            return seen == 1
                    ? last
                    : last.with(USES, seen).with(SINCE, first.occurredAt().toString());
        }
    }

    void add(UsageEvent event) {
        if (!event.details().isEmpty()) {
            apart.add(event);
            return;
        }
        var alike = repeats.putIfAbsent(Likeness.of(event), new Repeats(event));
        if (alike != null) {
            alike.add(event);
            folded++;
        }
    }

    /** What is sent. */
    List<UsageEvent> events() {
        var events = new ArrayList<>(apart);
        repeats.values().stream().map(Repeats::told).forEach(events::add);
        return events;
    }

    /** Events that are counted in another one. */
    int folded() {
        return folded;
    }
}
