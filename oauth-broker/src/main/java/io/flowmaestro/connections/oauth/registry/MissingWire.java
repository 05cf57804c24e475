package io.flowmaestro.connections.oauth.registry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the registry says of a connection that is not there. */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record MissingWire(@Nullable Boolean restorable) {

    /** The release before does not say. */
    static boolean isRestorable(Throwable failure) {
        return failure instanceof WebApplicationException answered
                && read(answered)
                        .filter(missing -> Boolean.TRUE.equals(missing.restorable()))
                        .isPresent();
    }

    private static Optional<MissingWire> read(WebApplicationException answered) {
        try {
            return Optional.ofNullable(answered.getResponse().readEntity(MissingWire.class));
        } catch (ProcessingException | WebApplicationException | IllegalStateException notAProblem) {
            return Optional.empty();
        }
    }
}
