package io.flowmaestro.connections.mcp.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.mcp.upstream.ServerForm;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A server to look at; authentication stands in {@code auth} or beside the URL, not in both. */
record DiscoverRequest(
        @Nullable String serverUrl,
        @Nullable String protocol,
        @Nullable Auth auth,
        @Nullable String authType,
        @Nullable String apiKey,
        @Nullable String apiKeyHeader,
        @Nullable String bearerToken,
        @Nullable String username,
        @Nullable String password,
        @Nullable Map<String, @Nullable String> headers,
        @Nullable JsonNode timeout) {

    /** The nested form. */
    record Auth(
            @Nullable String authType,
            @Nullable String apiKey,
            @Nullable String apiKeyHeader,
            @Nullable String bearerToken,
            @Nullable String username,
            @Nullable String password) {

        @Override
        public String toString() {
            return "Authentication";
        }
    }

    boolean authTwice() {
        return auth != null
                && Stream.of(authType, apiKey, apiKeyHeader, bearerToken, username, password)
                        .anyMatch(Objects::nonNull);
    }

    ServerForm form() {
        var chosen = auth != null ? auth : new Auth(authType, apiKey, apiKeyHeader, bearerToken, username, password);
        return new ServerForm(
                serverUrl,
                protocol,
                chosen.authType(),
                chosen.apiKey(),
                chosen.apiKeyHeader(),
                chosen.bearerToken(),
                chosen.username(),
                chosen.password(),
                headers,
                milliseconds());
    }

    /** What is no whole number becomes 0, which is refused: nothing is cut off. */
    private @Nullable Long milliseconds() {
        if (timeout == null || timeout.isNull()) {
            return null;
        }
        return timeout.isIntegralNumber() && timeout.canConvertToLong() ? timeout.longValue() : 0L;
    }

    @Override
    public String toString() {
        return "Discover request";
    }
}
