package io.flowmaestro.connections.oauth.credential;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.flowmaestro.connections.oauth.refresh.OpenConnection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An access token that is good now; never what renews it. */
record AccessTokenView(
        String accessToken,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Instant expiresAt,
        long credentialVersion,
        List<String> scope) {

    static AccessTokenView of(OpenConnection open) {
        return new AccessTokenView(
                open.tokens().accessToken().reveal(),
                open.tokens().expiresAt(),
                open.generation(),
                open.tokens().scope());
    }

    @Override
    public String toString() {
        return "AccessTokenView[redacted]";
    }
}
