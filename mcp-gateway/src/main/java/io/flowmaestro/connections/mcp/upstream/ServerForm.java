package io.flowmaestro.connections.mcp.upstream;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An MCP server as users write it down and as a connection's data holds it. Not checked yet.
 *
 * @param timeout milliseconds
 * @param accessToken of a connection that was made by a sign-in, as all that follows
 * @param expiresAt epoch milliseconds
 * @param grantedAt epoch milliseconds; tokens that were renewed since are of the same grant
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
        @Nullable Long timeout,
        @Nullable String accessToken,
        @Nullable Long expiresAt,
        @Nullable Long grantedAt,
        @Nullable List<String> scope) {

    /** What users write down: tokens come of a sign-in only. */
    public ServerForm(
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
        this(
                serverUrl,
                protocol,
                authType,
                apiKey,
                apiKeyHeader,
                bearerToken,
                username,
                password,
                headers,
                timeout,
                null,
                null,
                null,
                null);
    }

    public boolean isOAuth() {
        return "oauth2".equals(authType);
    }

    /** The token in it, which is empty where there is none. */
    public AccessToken token(long version) {
        return new AccessToken(
                Objects.requireNonNullElse(accessToken, ""), version, Objects.requireNonNullElse(scope, List.of()));
    }

    /** The same with another token. */
    public ServerForm with(AccessToken token) {
        return new ServerForm(
                serverUrl,
                protocol,
                authType,
                apiKey,
                apiKeyHeader,
                bearerToken,
                username,
                password,
                headers,
                timeout,
                token.value(),
                expiresAt,
                grantedAt,
                token.scopes());
    }

    Map<String, @Nullable String> givenHeaders() {
        return headers == null ? Map.of() : headers;
    }

    @Override
    public String toString() {
        return "MCP server form";
    }
}
