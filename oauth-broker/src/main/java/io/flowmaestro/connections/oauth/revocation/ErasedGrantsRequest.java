package io.flowmaestro.connections.oauth.revocation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.FrameworkProblem;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Violation;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** @param connections 1 to {@link #LARGEST} of a user who is being erased */
@JsonIgnoreProperties(ignoreUnknown = true)
record ErasedGrantsRequest(@Nullable List<@Nullable Connection> connections) {

    static final int LARGEST = 20;

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Connection(
            @Nullable UUID id,
            @Nullable String provider,
            @Nullable JsonNode envelope) {}

    /** A connection of which everything is there. */
    record Grant(UUID id, String provider, JsonNode envelope) {}

    static List<Grant> grants(@Nullable ErasedGrantsRequest request) {
        List<@Nullable Connection> given =
                request == null || request.connections == null ? List.of() : request.connections;
        if (given.isEmpty() || given.size() > LARGEST) {
            throw invalid("must hold 1 to %d connections".formatted(LARGEST));
        }
        return given.stream().map(ErasedGrantsRequest::grant).toList();
    }

    private static Grant grant(@Nullable Connection given) {
        if (given == null
                || given.id() == null
                || given.provider() == null
                || !(given.envelope() instanceof ObjectNode envelope)) {
            throw invalid("must each have an id, a provider and an envelope");
        }
        return new Grant(given.id(), given.provider(), envelope);
    }

    private static ProblemException invalid(String message) {
        return new ProblemException(
                        FrameworkProblem.VALIDATION_FAILED, "The request has invalid values; see violations.")
                .with(List.of(new Violation("connections", message)));
    }
}
