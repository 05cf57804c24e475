package io.flowmaestro.connections.migration.row;

import io.flowmaestro.connections.migration.source.Field;
import io.flowmaestro.connections.migration.source.SourceRow;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/** Timestamps of the source: one without a zone is of the zone that the operator names. */
final class Moments {
    private final ZoneId zone;

    Moments(ZoneId zone) {
        this.zone = zone;
    }

    Optional<Instant> of(SourceRow row, Field field) {
        return row.ownOrLinked(field).map(text -> parsed(field, text));
    }

    private Instant parsed(Field field, String text) {
        String iso = text.replace(' ', 'T');
        try {
            return iso.endsWith("Z")
                    ? Instant.parse(iso)
                    : LocalDateTime.parse(iso).atZone(zone).toInstant();
        } catch (DateTimeException beyond) {
            throw new RowRefused(
                    "timestamp-unusable",
                    field.name().toLowerCase(Locale.ROOT)
                            + " is no date of the years 1 to 9999. Correct it in the source.");
        }
    }
}
