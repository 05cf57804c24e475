package io.flowmaestro.connections.registry.data;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Moments as callers write them: ISO-8601 in UTC, of the years 1970 to 9999, kept to the microsecond as PostgreSQL does. */
public final class Moments {

    /** What to say of a text that is none. */
    public static final String RULE = "must be a moment such as 2026-01-31T00:00:00Z";

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final int LONGEST = 40;

    /** Where the seconds of a moment end. */
    private static final int SECONDS = 19;

    /** Nanoseconds in the last place of a fraction, by its number of places. */
    private static final int[] NANOS = {0, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1};

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
            return Optional.of(read(text).truncatedTo(ChronoUnit.MICROS))
                    .filter(moment -> !moment.isBefore(Instant.EPOCH) && !moment.isAfter(LATEST));
        } catch (DateTimeException notAMoment) {
            return Optional.empty();
        }
    }

    /** Services report hundreds of moments at a time, all in one form; the formatter knows others, and takes far longer. */
    private static Instant read(String text) {
        int end = text.length() - 1;
        boolean isPlain = end >= SECONDS
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && text.charAt(end) == 'Z'
                && (end == SECONDS || (text.charAt(SECONDS) == '.' && end > SECONDS + 1 && end <= SECONDS + 10));
        if (!isPlain) {
            return Instant.parse(text);
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, SECONDS);
        int fraction = end == SECONDS ? 0 : digits(text, SECONDS + 1, end);
        if ((year | month | day | hour | minute | second | fraction) < 0 || hour > 23 || minute > 59 || second > 59) {
            return Instant.parse(text);
        }
        int secondOfDay = (hour * 60 + minute) * 60 + second;
        long seconds = LocalDate.of(year, month, day).toEpochDay() * 86_400 + secondOfDay;
        return Instant.ofEpochSecond(seconds, (long) fraction * NANOS[Math.max(0, end - SECONDS - 1)]);
    }

    /** The number that the digits make, or -1 where one of them is none. */
    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int at = from; at < to; at++) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
