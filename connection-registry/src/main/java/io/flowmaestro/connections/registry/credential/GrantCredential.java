package io.flowmaestro.connections.registry.credential;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.registry.data.Moments;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a user granted anew to a connection that there is already.
 *
 * @param attemptId makes repeating safe
 * @param refreshable whether a refresh token is in it; unknown if absent
 * @param metadata members that replace those of the same name
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record GrantCredential(
        @Nullable UUID attemptId,
        @Nullable Long expectedCredentialGeneration,
        @Nullable JsonNode envelope,
        @Nullable Instant expiresAt,
        @Nullable Boolean refreshable,
        @Nullable JsonNode metadata) {

    /** The same, with what must be there. */
    record Valid(
            UUID attemptId,
            long expectedGeneration,
            ObjectNode envelope,
            @Nullable Instant expiresAt,
            @Nullable Boolean refreshable,
            ObjectNode metadata) {}

    Valid validate() {
        List<Violation> violations = new ArrayList<>();
        if (attemptId == null) {
            violations.add(new Violation("attempt_id", "is required"));
        }
        if (expectedCredentialGeneration == null) {
            violations.add(new Violation("expected_credential_generation", "is required"));
        }
        if (attemptId != null && expectedCredentialGeneration != null) {
            return new Valid(
                    attemptId,
                    expectedCredentialGeneration,
                    Envelopes.require(envelope),
                    Moments.nearest(expiresAt),
                    refreshable,
                    GrantMetadata.require(metadata));
        }
        throw RegistryProblem.invalid(violations);
    }
}
