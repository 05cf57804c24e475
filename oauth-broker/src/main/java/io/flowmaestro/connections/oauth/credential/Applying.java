package io.flowmaestro.connections.oauth.credential;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.oauth.provider.Provider;
import io.flowmaestro.connections.oauthclient.OAuthTokens;
import io.flowmaestro.connections.verification.Application;
import io.flowmaestro.connections.verification.ApplyRules;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Works out how a credential is sent. A provider that is unknown leaves the worker to know what to do with a key. */
final class Applying {

    private static final String AUTHORIZATION = "Authorization";

    private Applying() {}

    static Apply of(Credential credential, @Nullable Provider provider) {
        return switch (credential) {
            case Credential.OAuth2(OAuthTokens tokens) -> apply(oauth(provider), data(tokens));
            case Credential.ApiKey(var data) ->
                apply(rules(provider == null ? null : provider.apiKey(), ApplyRules.NONE), data);
            case Credential.BasicAuth(var data) ->
                apply(rules(provider == null ? null : provider.basicAuth(), ApplyRules.BASIC), data);
            case Credential.Custom(var data) ->
                apply(rules(provider == null ? null : provider.custom(), ApplyRules.CUSTOM), data);
            case Credential.Mcp mcp -> new Apply(mcpHeaders(mcp.data()), Map.of(), mcpUrl(mcp));
        };
    }

    private static Apply apply(ApplyRules rules, JsonNode data) {
        return Apply.of(Application.of(rules, data));
    }

    private static ApplyRules rules(@Nullable ApplyRules known, ApplyRules otherwise) {
        return known == null ? otherwise : known;
    }

    private static ApplyRules oauth(@Nullable Provider provider) {
        return provider == null || provider.oauth() == null
                ? ApplyRules.BEARER
                : provider.oauth().apply();
    }

    private static JsonNode data(OAuthTokens tokens) {
        return tokens.fields()
                .deepCopy()
                .put("access_token", tokens.accessToken().reveal());
    }

    private static Map<String, String> mcpHeaders(JsonNode data) {
        Map<String, String> headers = new LinkedHashMap<>(Application.strings(data.path("headers")));
        headers.putAll(
                switch (Objects.requireNonNullElse(text(data, "auth_type"), "none")) {
                    case "api_key" ->
                        single(
                                Objects.requireNonNullElse(text(data, "api_key_header"), "X-API-Key"),
                                text(data, "api_key"),
                                "");
                    case "bearer" -> single(AUTHORIZATION, text(data, "bearer_token"), "Bearer ");
                    case "oauth2" -> single(AUTHORIZATION, text(data, "access_token"), "Bearer ");
                    case "basic" -> Application.of(ApplyRules.BASIC, data).headers();
                    default -> Map.of();
                });
        return headers;
    }

    private static @Nullable String mcpUrl(Credential.Mcp mcp) {
        String url = text(mcp.data(), "server_url");
        return url == null ? mcp.serverUrl() : url;
    }

    private static Map<String, String> single(String name, @Nullable String value, String prefix) {
        return value == null ? Map.of() : Map.of(name, prefix + value);
    }

    private static @Nullable String text(JsonNode data, String field) {
        JsonNode value = data.path(field);
        return value.isTextual() && !value.textValue().isEmpty() ? value.textValue() : null;
    }
}
