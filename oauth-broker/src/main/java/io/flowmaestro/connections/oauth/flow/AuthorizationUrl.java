package io.flowmaestro.connections.oauth.flow;

import io.flowmaestro.connections.oauth.provider.OAuthSettings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes the URL at which the user says yes (RFC 6749, 4.1.1, and RFC 7636, 4.3). */
final class AuthorizationUrl {

    private AuthorizationUrl() {}

    static String of(
            OAuthSettings settings, String clientId, String redirectUri, List<String> scopes, State state, Pkce pkce) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", clientId);
        parameters.put("redirect_uri", redirectUri);
        if (!settings.noScope() && !scopes.isEmpty()) {
            parameters.put("scope", String.join(settings.scopeSeparator(), scopes));
        }
        parameters.put("state", state.value());
        if (!settings.pkceRejected()) {
            parameters.put("code_challenge", pkce.challenge());
            parameters.put("code_challenge_method", "S256");
        }
        settings.authorizeParams().forEach(parameters::putIfAbsent);
        settings.omittedParams().forEach(parameters::remove);
        return settings.authorizeUrl() + (settings.authorizeUrl().contains("?") ? "&" : "?") + query(parameters);
    }

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
