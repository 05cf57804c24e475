package io.flowmaestro.connections.registry.listing;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Where a page ends: the sort key of its last row, and the row's id for rows of the same key.
 *
 * @param key a text, or a moment in microseconds since 1970
 */
public record Place(String key, UUID id) {

    /** The year 10000, which PostgreSQL and the client still represent. */
    private static final long MAX_MICROS = 253_402_300_800_000_000L;

    public static Place at(Instant moment, UUID id) {
        return new Place(Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, moment)), id);
    }

    /**
     * The key as a moment.
     *
     * @throws io.flowmaestro.connections.http.ProblemException 400 {@code cursor-invalid} if it is none
     */
    public Instant time() {
        try {
            long micros = Long.parseLong(key);
            if (micros >= 0 && micros <= MAX_MICROS) {
                return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
            }
        } catch (NumberFormatException notAMoment) {
            // falls through to the one answer
        }
        throw Cursor.invalid();
    }
}
