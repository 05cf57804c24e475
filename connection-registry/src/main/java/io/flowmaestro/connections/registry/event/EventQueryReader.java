package io.flowmaestro.connections.registry.event;

import io.flowmaestro.connections.registry.listing.Cursor;
import io.flowmaestro.connections.registry.listing.QueryFields;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a list or an export of events. */
final class EventQueryReader {

    private static final String TYPES =
            Arrays.stream(EventType.values()).map(EventType::wire).collect(Collectors.joining(", "));

    private EventQueryReader() {}

    /** @param connection the one that the path names, if it names one */
    static EventQuery read(EventParameters given, @Nullable UUID connection) {
        QueryFields fields = new QueryFields();
        UUID asked = fields.uuid("connection_id", given.connectionId);
        if (connection != null && asked != null && !asked.equals(connection)) {
            fields.refuse("connection_id", "is another connection than the path names; leave it out");
        }
        var from = fields.moment("from", given.from);
        var to = fields.moment("to", given.to);
        if (from != null && to != null && !from.isBefore(to)) {
            fields.refuse("to", "must be later than from");
        }
        var query = new EventQuery(
                connection == null ? asked : connection,
                fields.known("type", given.type, EventType::find, TYPES),
                from,
                to,
                fields.limit(given.limit),
                null);
        fields.finish();
        if (given.cursor == null) {
            return query;
        }
        var place = Cursor.decode(given.cursor, query.fingerprint());
        place.time();
        return query.startingAt(place);
    }
}
