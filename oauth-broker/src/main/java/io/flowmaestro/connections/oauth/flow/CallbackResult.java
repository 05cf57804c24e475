package io.flowmaestro.connections.oauth.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.http.ProblemCode;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a callback ended, and what its page says. */
sealed interface CallbackResult {

    /** Where to go from here when no page waits for a message. */
    @Nullable
    String returnTo();

    /** Null where no flow of ours was presented. */
    @Nullable
    UUID flowId();

    /**
     * The connection was made.
     *
     * @param connection the summary, as users see it
     */
    record Connected(
            String provider,
            UUID connectionId,
            JsonNode connection,
            @Nullable String returnTo,
            UUID flowId) implements CallbackResult {}

    /**
     * No connection was made.
     *
     * @param message for the user; may quote the provider's description and is escaped wherever it is shown
     */
    record Failed(
            ProblemCode code,
            String message,
            @Nullable String returnTo,
            @Nullable UUID flowId) implements CallbackResult {}

    /**
     * The provider has agreed, and nobody knows yet whether the connection was made. The flow's result comes later.
     *
     * @param message for the user
     */
    record Pending(
            String message,
            @Nullable String returnTo,
            @Nullable UUID flowId) implements CallbackResult {

        ProblemCode code() {
            return OAuthProblem.GRANT_PENDING;
        }
    }
}
