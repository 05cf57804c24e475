package io.flowmaestro.connections.registry.refresh;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.registry.data.WholeNumbers;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a replica of the broker is ready to refresh.
 *
 * @param limit most connections, 1 to 500
 * @param horizonSeconds tokens that end within this time are due, 1 to 3600
 * @param claimSeconds for how long nobody else gets them, 1 to 600
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record ClaimRefreshes(
        @Nullable Integer limit,
        @Nullable Integer horizonSeconds,
        @Nullable Integer claimSeconds) {

    private static final int LARGEST = 500;
    private static final int FARTHEST = 3_600;
    private static final int LONGEST = 600;

    /** The same, with what must be there. */
    record Valid(int limit, Duration horizon, Duration claim) {}

    Valid validate() {
        List<Violation> violations = new ArrayList<>();
        int most = WholeNumbers.require("limit", limit, 1, LARGEST, violations);
        int horizon = WholeNumbers.require("horizon_seconds", horizonSeconds, 1, FARTHEST, violations);
        int claim = WholeNumbers.require("claim_seconds", claimSeconds, 1, LONGEST, violations);
        if (!violations.isEmpty()) {
            throw RegistryProblem.invalid(violations);
        }
        return new Valid(most, Duration.ofSeconds(horizon), Duration.ofSeconds(claim));
    }
}
