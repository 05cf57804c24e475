package io.flowmaestro.connections.registry.peer;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * As much of a peer's problem body as is passed on.
 *
 * @param scopes that the connection's token lacks, with {@code mcp-scope-insufficient}
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record PeerProblem(
        @Nullable String code,
        @Nullable String detail,
        @Nullable List<@Nullable Fault> violations,
        @Nullable List<@Nullable String> scopes) {

    /** Whole seconds; the form with a date is not used within the suite. */
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

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

    /** When the peer wants to be asked again, if it answered and said so. */
    public static Optional<Duration> retryAfter(Throwable failure) {
        return failure instanceof WebApplicationException refused
                ? Optional.ofNullable(refused.getResponse().getHeaderString(HttpHeaders.RETRY_AFTER))
                        .filter(seconds -> SECONDS.matcher(seconds).matches())
                        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                : Optional.empty();
    }
}
