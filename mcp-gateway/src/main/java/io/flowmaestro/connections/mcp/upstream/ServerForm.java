package io.flowmaestro.connections.mcp.upstream;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An MCP server as users write it down and as a connection's data holds it. Not checked yet.
 *
 * @param timeout milliseconds
 */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ServerForm(
        @Nullable String serverUrl,
        @Nullable String protocol,
        @Nullable String authType,
        @Nullable String apiKey,
        @Nullable String apiKeyHeader,
        @Nullable String bearerToken,
        @Nullable String username,
        @Nullable String password,
        @Nullable Map<String, @Nullable String> headers,
        @Nullable Long timeout) {

    Map<String, @Nullable String> givenHeaders() {
        return headers == null ? Map.of() : headers;
    }

    @Override
    public String toString() {
        return "MCP server form";
    }
}
