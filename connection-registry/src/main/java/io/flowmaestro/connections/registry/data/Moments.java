package io.flowmaestro.connections.registry.data;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Moments as callers write them: ISO-8601 in UTC, of the years 1970 to 9999, kept to the microsecond as PostgreSQL does. */
public final class Moments {

    /** What to say of a text that is none. */
    public static final String RULE = "must be a moment such as 2026-01-31T00:00:00Z";

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final int LONGEST = 40;

    /** Where digits are, and what is between them; the fraction may be shorter, or left out. */
    private static final String PLAIN = "0000-00-00T00:00:00.000000000";

    private static final int SECONDS = PLAIN.indexOf('.');

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
            return Optional.of((isPlain(text) ? plain(text) : Instant.parse(text)).truncatedTo(ChronoUnit.MICROS))
                    .filter(moment -> !moment.isBefore(Instant.EPOCH) && !moment.isAfter(LATEST));
        } catch (DateTimeException notAMoment) {
            return Optional.empty();
        }
    }

    /**
     * Whether the text is as our services write it, by the hundred in a report of uses: there the formatter was a third of what
     * checking a use takes. Offsets, leap seconds and 24:00 are left to it.
     */
    private static boolean isPlain(String text) {
        int end = text.length() - 1;
        if (end < SECONDS || end == SECONDS + 1 || end > PLAIN.length() || text.charAt(end) != 'Z') {
            return false;
        }
        for (int i = 0; i < end; i++) {
            char expected = PLAIN.charAt(i);
            if (expected == '0' ? !isDigit(text.charAt(i)) : text.charAt(i) != expected) {
                return false;
            }
        }
        return number(text, 11, 13) < 24 && number(text, 17, 19) < 60;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static Instant plain(String text) {
        return LocalDateTime.of(
                        number(text, 0, 4),
                        number(text, 5, 7),
                        number(text, 8, 10),
                        number(text, 11, 13),
                        number(text, 14, 16),
                        number(text, 17, 19),
                        nanos(text))
                .toInstant(ZoneOffset.UTC);
    }

    private static int nanos(String text) {
        int nanos = 0;
        for (int i = SECONDS + 1; i < PLAIN.length(); i++) {
            nanos = nanos * 10 + (i < text.length() - 1 ? text.charAt(i) - '0' : 0);
        }
        return nanos;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
