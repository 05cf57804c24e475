package io.flowmaestro.connections.registry.revocation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.registry.data.WholeNumbers;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of a claimed revocation.
 *
 * @param retryAfterSeconds with {@code retry}, 1 to 86400; without it the registry chooses
 * @param credentialGeneration as the claim told it; a newer credential is none of this outcome's business
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record EndRevocation(
        @Nullable String outcome,
        @Nullable Integer retryAfterSeconds,
        @Nullable Long credentialGeneration) {

    private static final int LONGEST = 86_400;

    /** The same, with what must be there. */
    record Valid(Outcome outcome, Optional<Duration> retryAfter, Optional<Long> generation) {}

    Valid validate() {
        List<Violation> violations = new ArrayList<>();
        Optional<Outcome> known = Outcome.find(String.valueOf(outcome));
        if (known.isEmpty()) {
            violations.add(new Violation("outcome", "must be one of: " + Outcome.ALLOWED));
        }
        Optional<Duration> pause = Optional.ofNullable(retryAfterSeconds)
                .map(seconds -> Duration.ofSeconds(
                        WholeNumbers.require("retry_after_seconds", seconds, 1, LONGEST, violations)));
        if (known.isEmpty() || !violations.isEmpty()) {
            throw RegistryProblem.invalid(violations);
        }
        return new Valid(known.get(), pause, Optional.ofNullable(credentialGeneration));
    }
}
