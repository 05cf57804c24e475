package io.flowmaestro.connections.registry.peer;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** As much of a peer's problem body as is passed on. */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record PeerProblem(
        @Nullable String code,
        @Nullable String detail,
        @Nullable List<@Nullable Fault> violations) {

    /** One thing that the peer finds wrong with what it was sent. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Fault(@Nullable String field, @Nullable String message) {}

    /** The problem that a peer answered with; empty for any other failure. */
    public static Optional<PeerProblem> of(Throwable failure) {
        try {
            return failure instanceof WebApplicationException refused
                    ? Optional.ofNullable(refused.getResponse().readEntity(PeerProblem.class))
                    : Optional.empty();
        } catch (ProcessingException | WebApplicationException | IllegalStateException notAProblem) {
            return Optional.empty();
        }
    }
}
