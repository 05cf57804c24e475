package io.flowmaestro.connections.registry.listing;

import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.registry.data.Moments;
import io.flowmaestro.connections.registry.data.TextRule;
import io.flowmaestro.connections.registry.data.Uuids;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads query parameters one by one and collects everything that is wrong with them. */
public final class QueryFields {

    public static final int MAX_LIMIT = 100;

    private static final int DEFAULT_LIMIT = 50;

    private final List<Violation> violations = new ArrayList<>();

    public @Nullable String text(String name, @Nullable String value, TextRule rule) {
        if (value != null) {
            rule.refuse(value).ifPresent(message -> refuse(name, message));
        }
        return value;
    }

    public <T> @Nullable T known(
            String name, @Nullable String value, Function<String, Optional<T>> find, String allowed) {
        if (value == null) {
            return null;
        }
        Optional<T> found = find.apply(value);
        if (found.isEmpty()) {
            refuse(name, "must be one of: " + allowed);
        }
        return found.orElse(null);
    }

    public int limit(@Nullable String value) {
        if (value == null) {
            return DEFAULT_LIMIT;
        }
        if (!value.matches("[0-9]{1,3}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > MAX_LIMIT) {
            refuse("limit", "must be a whole number from 1 to " + MAX_LIMIT);
            return DEFAULT_LIMIT;
        }
        return Integer.parseInt(value);
    }

    public boolean flag(String name, @Nullable String value) {
        if (value != null && !value.equals("true") && !value.equals("false")) {
            refuse(name, "must be true or false");
        }
        return "true".equals(value);
    }

    public @Nullable UUID uuid(String name, @Nullable String value) {
        if (value == null) {
            return null;
        }
        UUID uuid = Uuids.find(value).orElse(null);
        if (uuid == null) {
            refuse(name, "must be a UUID");
        }
        return uuid;
    }

    /** An ISO-8601 moment in UTC, such as {@code 2026-01-31T00:00:00Z}. */
    public @Nullable Instant moment(String name, @Nullable String value) {
        if (value == null) {
            return null;
        }
        Instant moment = Moments.find(value).orElse(null);
        if (moment == null) {
            refuse(name, Moments.RULE);
        }
        return moment;
    }

    public void refuse(String name, String message) {
        violations.add(new Violation(name, message));
    }

    /** Ends the reading: 400 with everything that was wrong. */
    public void finish() {
        if (!violations.isEmpty()) {
            throw RegistryProblem.invalid(violations);
        }
    }
}
