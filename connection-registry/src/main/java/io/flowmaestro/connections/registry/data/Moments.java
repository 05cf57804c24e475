package io.flowmaestro.connections.registry.data;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Moments as callers write them: ISO-8601 in UTC, of the years 1970 to 9999, kept to the microsecond as PostgreSQL does. */
public final class Moments {

    /** What to say of a text that is none. */
    public static final String RULE = "must be a moment such as 2026-01-31T00:00:00Z";

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final int LONGEST = 40;

    private Moments() {}

    /**
     * The nearest moment that can be told, for what a peer got from elsewhere: a token must not be lost because of a provider's
     * odd idea of its end.
     */
    public static @Nullable Instant nearest(@Nullable Instant moment) {
        if (moment == null || moment.isBefore(Instant.EPOCH)) {
            return moment == null ? null : Instant.EPOCH;
        }
        return moment.isAfter(LATEST) ? LATEST : moment;
    }

    public static Optional<Instant> find(@Nullable String text) {
        if (text == null || text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text).truncatedTo(ChronoUnit.MICROS))
                    .filter(moment -> !moment.isBefore(Instant.EPOCH) && !moment.isAfter(LATEST));
        } catch (DateTimeException notAMoment) {
            return Optional.empty();
        }
    }
}
