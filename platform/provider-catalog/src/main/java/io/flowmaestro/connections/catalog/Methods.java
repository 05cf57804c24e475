package io.flowmaestro.connections.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The ways in which a provider can be connected; the ones that are absent are not offered. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Methods(
        @Nullable OAuth2Method oauth2,
        @Nullable ApiKeyMethod apiKey,
        @Nullable BasicAuthMethod basicAuth,
        @Nullable CustomMethod custom,
        @Nullable McpMethod mcp) {

    /** Names of the methods that are offered, as {@code connection_method} spells them. */
    public List<String> names() {
        return Stream.of(
                        name("oauth2", oauth2),
                        name("api_key", apiKey),
                        name("basic_auth", basicAuth),
                        name("custom", custom),
                        name("mcp", mcp))
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Fields of a connection's data that the named method takes beside those it takes of every provider, and the ones
     * among these that this provider insists on.
     */
    public List<Field> extraFields(String method) {
        return switch (method) {
            case "oauth2" -> oauth2 == null ? List.of() : Field.all(oauth2.fields(), oauth2.config());
            case "api_key" ->
                apiKey == null ? List.of() : StandardFields.API_KEY.extra(Field.all(apiKey.fields(), apiKey.config()));
            case "basic_auth" ->
                basicAuth == null
                        ? List.of()
                        : StandardFields.BASIC_AUTH.extra(Field.all(basicAuth.fields(), basicAuth.config()));
            case "custom" ->
                custom == null ? List.of() : StandardFields.CUSTOM.extra(Field.all(custom.fields(), custom.config()));
            case "mcp" -> mcp == null ? List.of() : mcp.fields();
            default -> List.of();
        };
    }

    Methods withMcp(McpMethod other) {
        return new Methods(oauth2, apiKey, basicAuth, custom, other);
    }

    private static Optional<String> name(String name, @Nullable Object method) {
        return method == null ? Optional.empty() : Optional.of(name);
    }
}
