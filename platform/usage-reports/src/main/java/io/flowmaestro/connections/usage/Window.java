package io.flowmaestro.connections.usage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What came in between two flushes. Uses without details that differ in nothing but their moment are told one by one up to
 * {@value #ONE_BY_ONE}; how many more there were is told in one event, so that a busy worker costs the registry no more
 * than a calm one. Lives on the loop.
 */
final class Window {

    static final int ONE_BY_ONE = 4;

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

    /** Events that are like each other, of which the last one speaks for those beyond the first few. */
    private static final class Repeats {
        private int seen;
        private UsageEvent first;
        private UsageEvent last;

        Repeats(UsageEvent event) {
            first = event;
            last = event;
        }

        int beyond() {
            return Math.max(0, seen - ONE_BY_ONE);
        }

        UsageEvent told() {
            return beyond() == 1
                    ? last
                    : last.with(USES, beyond()).with(SINCE, first.occurredAt().toString());
        }
    }

    void add(UsageEvent event) {
        if (!event.details().isEmpty()) {
            apart.add(event);
            return;
        }
        var alike = repeats.computeIfAbsent(Likeness.of(event), _ -> new Repeats(event));
        alike.seen++;
        switch (alike.beyond()) {
            case 0 -> apart.add(event);
            case 1 -> {
                alike.first = event;
                alike.last = event;
            }
            default -> {
                alike.last = event;
                folded++;
            }
        }
    }

    /** What is sent: in the order of arrival, and then what stands for more than itself. */
    List<UsageEvent> events() {
        var events = new ArrayList<>(apart);
        repeats.values().stream()
                .filter(alike -> alike.beyond() > 0)
                .map(Repeats::told)
                .forEach(events::add);
        return events;
    }

    /** Events that are counted in another one. */
    int folded() {
        return folded;
    }
}
