package io.flowmaestro.connections.oauthclient;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the user is asked to agree to (RFC 6749, 4.1.1, and RFC 7636, 4.3).
 *
 * @param extraScopes of the provider's second scope parameter; ignored where it has none
 * @param challenge the S256 code challenge; not sent to a provider that rejects PKCE
 */
public record AuthorizationRequest(
        String clientId,
        String redirectUri,
        List<String> scopes,
        List<String> extraScopes,
        String state,
        String challenge) {

    Map<String, String> parameters(OAuthSettings settings) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", clientId);
        parameters.put("redirect_uri", redirectUri);
        if (!settings.noScope() && !scopes.isEmpty()) {
            parameters.put("scope", String.join(settings.scopeSeparator(), scopes));
        }
        if (settings.extraScopeParam() != null && !extraScopes.isEmpty()) {
            parameters.put(settings.extraScopeParam(), String.join(settings.scopeSeparator(), extraScopes));
        }
        parameters.put("state", state);
        if (!settings.pkceRejected()) {
            parameters.put("code_challenge", challenge);
            parameters.put("code_challenge_method", "S256");
        }
        settings.authorizeParams().forEach(parameters::putIfAbsent);
        settings.omittedParams().forEach(parameters::remove);
        return parameters;
    }

    /** The URL at which the user says yes, with all parameters in it. */
    public String url(OAuthSettings settings) {
        return FormText.withQuery(settings.authorizeUrl(), parameters(settings));
    }
}
