package io.flowmaestro.connections.oauth.credential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.flowmaestro.connections.oauth.provider.ApiKeySettings;
import io.flowmaestro.connections.oauth.provider.OAuthSettings;
import io.flowmaestro.connections.oauth.provider.Provider;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Works out how a credential is sent. */
final class Applying {

    private static final String AUTHORIZATION = "Authorization";

    private Applying() {}

    static Apply of(Credential credential, @Nullable Provider provider) {
        return switch (credential) {
            case Credential.OAuth2 oauth -> oauth(oauth, provider == null ? null : provider.oauth());
            case Credential.ApiKey key -> apiKey(key.data(), provider == null ? null : provider.apiKey());
            case Credential.BasicAuth basic -> headers(basicOf(basic.data(), "username", "password"), null);
            case Credential.Custom custom ->
                headers(strings(custom.data().path("headers")), text(custom.data(), "base_url"));
            case Credential.Mcp mcp -> headers(mcpHeaders(mcp.data()), mcpUrl(mcp));
        };
    }

    private static Apply oauth(Credential.OAuth2 credential, @Nullable OAuthSettings settings) {
        String token = credential.tokens().accessToken().reveal();
        if (settings == null) {
            return headers(Map.of(AUTHORIZATION, "Bearer " + token), null);
        }
        var data = JsonNodeFactory.instance.objectNode().put("access_token", token);
        return headers(new Templates(data, Map.of()).fill(settings.apiHeaders()), null);
    }

    /** The user's own base URL wins; an unknown provider leaves the worker to know what to do with the key. */
    private static Apply apiKey(JsonNode data, @Nullable ApiKeySettings settings) {
        String ownBase = text(data, "base_url");
        if (settings == null) {
            return new Apply(Map.of(), Map.of(), ownBase);
        }
        var templates = new Templates(data, settings.defaults());
        Map<String, String> headers = new LinkedHashMap<>(templates.fill(settings.headers()));
        if (settings.basic() != null) {
            String user = templates.fill(settings.basic().user());
            String password = templates.fill(settings.basic().password());
            if (user != null && password != null) {
                headers.put(AUTHORIZATION, basic(user, password));
            }
        }
        String base = ownBase == null ? templates.fill(settings.baseUrl()) : ownBase;
        return new Apply(headers, templates.fill(settings.query()), base);
    }

    private static Map<String, String> mcpHeaders(JsonNode data) {
        Map<String, String> headers = new LinkedHashMap<>(strings(data.path("headers")));
        headers.putAll(
                switch (Objects.requireNonNullElse(text(data, "auth_type"), "none")) {
                    case "api_key" ->
                        single(
                                Objects.requireNonNullElse(text(data, "api_key_header"), "X-API-Key"),
                                text(data, "api_key"),
                                "");
                    case "bearer" -> single(AUTHORIZATION, text(data, "bearer_token"), "Bearer ");
                    case "oauth2" -> single(AUTHORIZATION, text(data, "access_token"), "Bearer ");
                    case "basic" -> basicOf(data, "username", "password");
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

    private static Map<String, String> basicOf(JsonNode data, String userField, String passwordField) {
        String user = text(data, userField);
        String password = text(data, passwordField);
        return user == null ? Map.of() : Map.of(AUTHORIZATION, basic(user, password == null ? "" : password));
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> strings(JsonNode object) {
        Map<String, String> strings = new LinkedHashMap<>();
        object.properties()
                .forEach(
                        member -> strings.put(member.getKey(), member.getValue().asText()));
        return strings;
    }

    private static Apply headers(Map<String, String> headers, @Nullable String baseUrl) {
        return new Apply(headers, Map.of(), baseUrl);
    }

    private static @Nullable String text(JsonNode data, String field) {
        JsonNode value = data.path(field);
        return value.isTextual() && !value.textValue().isEmpty() ? value.textValue() : null;
    }
}
