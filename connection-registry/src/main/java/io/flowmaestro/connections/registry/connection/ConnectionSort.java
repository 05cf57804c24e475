package io.flowmaestro.connections.registry.connection;

import io.flowmaestro.connections.registry.listing.Conditions;
import io.flowmaestro.connections.registry.listing.Place;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Orders of a list. Rows of the same key follow each other by id, so that a page can end between them. */
enum ConnectionSort {
    NEWEST("-created_at", "created_at", true),
    OLDEST("created_at", "created_at", false),
    LAST_CHANGED("-updated_at", "updated_at", true),
    FIRST_CHANGED("updated_at", "updated_at", false),
    LAST_USED("-last_used_at", "coalesce(last_used_at, 'epoch')", true),
    FIRST_USED("last_used_at", "coalesce(last_used_at, 'epoch')", false),
    NAME("name", "lower(name)", false),
    NAME_BACKWARDS("-name", "lower(name)", true);

    static final String ALLOWED = Arrays.stream(values()).map(sort -> sort.wire).collect(Collectors.joining(", "));

    private final String wire;
    private final String key;
    private final boolean descending;

    ConnectionSort(String wire, String key, boolean descending) {
        this.wire = wire;
        this.key = key;
        this.descending = descending;
    }

    static Optional<ConnectionSort> find(String wire) {
        return Arrays.stream(values()).filter(sort -> sort.wire.equals(wire)).findFirst();
    }

    String order() {
        String direction = descending ? "desc" : "asc";
        return "%s %s, id %s".formatted(key, direction, direction);
    }

    /** Holds for the rows that come after the place. */
    void after(Place place, Conditions conditions) {
        String comparison = "(%s, id) %s ".formatted(key, descending ? "<" : ">");
        if (isByName()) {
            conditions.add(comparison + "(lower($%d), $%d)", place.key(), place.id());
        } else {
            conditions.add(comparison + "($%d, $%d)", place.time().atOffset(ZoneOffset.UTC), place.id());
        }
    }

    Place placeOf(Connection row) {
        return switch (this) {
            case NEWEST, OLDEST -> Place.at(row.createdAt(), row.id());
            case LAST_CHANGED, FIRST_CHANGED -> Place.at(row.updatedAt(), row.id());
            case LAST_USED, FIRST_USED ->
                Place.at(row.lastUsedAt() == null ? Instant.EPOCH : row.lastUsedAt(), row.id());
            case NAME, NAME_BACKWARDS -> new Place(row.name(), row.id());
        };
    }

    /** A place of this order, or 400 {@code cursor-invalid}. */
    Place check(Place place) {
        if (!isByName()) {
            place.time();
        }
        return place;
    }

    private boolean isByName() {
        return this == NAME || this == NAME_BACKWARDS;
    }
}
