package io.flowmaestro.connections.registry.revocation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.registry.data.WholeNumbers;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A last look before a provider is told.
 *
 * @param credentialGeneration as the claim told it
 * @param claimSeconds for how long nobody else gets the connection from now on, 1 to 600
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record RenewClaim(
        @Nullable Long credentialGeneration, @Nullable Integer claimSeconds) {

    private static final int LONGEST = 600;

    /** The same, with what must be there. */
    record Valid(long generation, Duration claim) {}

    Valid validate() {
        List<Violation> violations = new ArrayList<>();
        if (credentialGeneration == null) {
            violations.add(new Violation("credential_generation", "must be the generation that the claim told"));
        }
        int seconds = WholeNumbers.require("claim_seconds", claimSeconds, 1, LONGEST, violations);
        if (credentialGeneration == null || !violations.isEmpty()) {
            throw RegistryProblem.invalid(violations);
        }
        return new Valid(credentialGeneration, Duration.ofSeconds(seconds));
    }
}
