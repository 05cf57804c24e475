package io.flowmaestro.connections.registry.credential;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.registry.data.Moments;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A newer credential, written only over the generation that it was made from.
 *
 * @param attemptId makes repeating safe
 * @param refreshable whether a refresh token is in it; as before if absent
 * @param metadata members that replace those of the same name, such as scopes that are others by now
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record PublishCredential(
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
        if (attemptId == null) {
            throw RegistryProblem.invalid(List.of(new Violation("attempt_id", "is required")));
        }
        if (expectedCredentialGeneration == null) {
            throw RegistryProblem.invalid(List.of(new Violation("expected_credential_generation", "is required")));
        }
        return new Valid(
                attemptId,
                expectedCredentialGeneration,
                Envelopes.require(envelope),
                Moments.nearest(expiresAt),
                refreshable,
                GrantMetadata.require(metadata));
    }
}
