package io.flowmaestro.connections.registry.event;

import io.flowmaestro.connections.http.Pagination;
import io.flowmaestro.connections.registry.listing.Conditions;
import io.flowmaestro.connections.registry.listing.Cursor;
import io.flowmaestro.connections.registry.listing.Place;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A validated request for one page of events, newest first.
 *
 * @param from earliest moment, inclusive
 * @param to latest moment, exclusive
 */
record EventQuery(
        @Nullable UUID connection,
        @Nullable EventType type,
        @Nullable Instant from,
        @Nullable Instant to,
        int limit,
        @Nullable Place after) {

    /** One page, and where the list stands. */
    record Page(List<EventView> events, Pagination pagination) {}

    /** Asks for one row more than the page holds: it says whether there is another page. */
    Conditions.Statement page(UUID user) {
        return new EventPage(this, user).statement();
    }

    Page pageOf(List<EventView> found) {
        boolean more = found.size() > limit;
        List<EventView> page = more ? found.subList(0, limit) : found;
        String next = more ? Cursor.encode(fingerprint(), place(page.getLast())) : null;
        return new Page(page, new Pagination(limit, next, null));
    }

    EventQuery after(EventView last) {
        return new EventQuery(connection, type, from, to, limit, place(last));
    }

    private static Place place(EventView last) {
        return Place.at(last.occurredAt(), last.id());
    }

    long fingerprint() {
        return Cursor.fingerprint("events", connection, type, from, to);
    }

    EventQuery startingAt(@Nullable Place place) {
        return new EventQuery(connection, type, from, to, limit, place);
    }

    EventQuery withLimit(int other) {
        return new EventQuery(connection, type, from, to, other, after);
    }
}
