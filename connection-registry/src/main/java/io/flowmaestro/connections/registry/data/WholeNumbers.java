package io.flowmaestro.connections.registry.data;

import io.flowmaestro.connections.http.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whole numbers in the bodies of requests. */
public final class WholeNumbers {

    private WholeNumbers() {}

    /** The number; after a violation, the least that is allowed. */
    public static int require(String field, @Nullable Integer given, int least, int most, List<Violation> violations) {
        if (given == null || given < least || given > most) {
            violations.add(new Violation(field, "must be a whole number from %d to %d".formatted(least, most)));
            return least;
        }
        return given;
    }
}
