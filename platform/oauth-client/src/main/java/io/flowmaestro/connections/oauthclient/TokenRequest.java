package io.flowmaestro.connections.oauthclient;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request to a token endpoint, before the client proves itself and it is put into HTTP. */
record TokenRequest(String method, String url, Map<String, String> parameters) {

    /** RFC 6749, 4.1.3, with the verifier of RFC 7636, 4.5. */
    static TokenRequest exchange(
            OAuthSettings settings, String code, String redirectUri, @Nullable Secret codeVerifier) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("grant_type", "authorization_code");
        parameters.put("code", code);
        parameters.put("redirect_uri", redirectUri);
        if (codeVerifier != null) {
            parameters.put("code_verifier", codeVerifier.reveal());
        }
        parameters.putAll(settings.tokenParams());
        return post(settings.tokenUrl(), parameters);
    }

    /** RFC 6749, section 6; or the provider's own call in its place, for which the access token is the secret. */
    static TokenRequest refresh(
            OAuthSettings settings, ClientCredentials client, Secret refreshToken, List<String> scope) {
        if (settings.swap() != null) {
            return swap(settings.swap(), refreshToken);
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("grant_type", "refresh_token");
        parameters.put("refresh_token", refreshToken.reveal());
        if (settings.refreshRepeats().contains("scope") && !scope.isEmpty()) {
            parameters.put("scope", String.join(settings.scopeSeparator(), scope));
        }
        if (settings.refreshRepeats().contains("redirect_uri") && client.redirectUri() != null) {
            parameters.put("redirect_uri", client.redirectUri());
        }
        parameters.putAll(settings.refreshParams());
        return post(settings.refreshUrl(), parameters);
    }

    private static TokenRequest swap(SwapRules swap, Secret accessToken) {
        Map<String, String> parameters = new LinkedHashMap<>();
        swap.params()
                .forEach((name, template) ->
                        parameters.put(name, template.replace("{access_token}", accessToken.reveal())));
        return new TokenRequest(swap.method(), swap.url(), parameters);
    }

    /** RFC 6749, 4.4.2. */
    static TokenRequest clientCredentials(OAuthSettings settings, List<String> scopes) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("grant_type", "client_credentials");
        if (!settings.noScope() && !scopes.isEmpty()) {
            parameters.put("scope", String.join(settings.scopeSeparator(), scopes));
        }
        parameters.putAll(settings.tokenParams());
        return post(settings.tokenUrl(), parameters);
    }

    private static TokenRequest post(String url, Map<String, String> parameters) {
        return new TokenRequest("POST", url, parameters);
    }

    @Override
    public String toString() {
        return "TokenRequest[" + parameters.get("grant_type") + "]";
    }
}
