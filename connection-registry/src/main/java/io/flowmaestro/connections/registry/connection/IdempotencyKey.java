package io.flowmaestro.connections.registry.connection;

import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client's word that requests with the same key are one request sent again.
 *
 * @param request keyed hash of the body in hexadecimal, which tells another body under the same key
 */
public record IdempotencyKey(UUID user, String key, String request) {

    public static final String HEADER = "Idempotency-Key";

    /** Says, with {@code true}, that an earlier request had made what is answered. */
    public static final String REPLAYED = "Idempotency-Replayed";

    private static final int LONGEST = 255;
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]+");

    /** The header's value, if there is one. */
    public static Optional<String> read(@Nullable String header) {
        return read(header, LONGEST);
    }

    /** The header's value, of at most so many characters. */
    public static Optional<String> read(@Nullable String header, int longest) {
        if (header != null
                && (header.length() > longest || !FORM.matcher(header).matches())) {
            throw RegistryProblem.invalid(List.of(new Violation(
                    HEADER, "must be 1 to %d visible ASCII characters, a UUID for example".formatted(longest))));
        }
        return Optional.ofNullable(header);
    }
}
