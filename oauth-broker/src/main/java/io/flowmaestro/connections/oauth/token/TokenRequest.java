package io.flowmaestro.connections.oauth.token;

import io.flowmaestro.connections.oauth.provider.ClientCredentials;
import io.flowmaestro.connections.oauth.provider.OAuthSettings;
import io.flowmaestro.connections.oauth.secret.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request to a token endpoint, before it is put into HTTP. */
record TokenRequest(String url, Map<String, String> parameters) {

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
        return new TokenRequest(settings.tokenUrl(), parameters);
    }

    /** RFC 6749, section 6. */
    static TokenRequest refresh(OAuthSettings settings, Secret refreshToken) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("grant_type", "refresh_token");
        parameters.put("refresh_token", refreshToken.reveal());
        parameters.putAll(settings.refreshParams());
        return new TokenRequest(settings.refreshUrl(), parameters);
    }

    /** The client proves itself in the body; a public client only names itself. */
    TokenRequest withClient(ClientCredentials client, boolean secretInBody) {
        Map<String, String> parameters = new LinkedHashMap<>(this.parameters);
        parameters.put("client_id", client.id());
        if (secretInBody) {
            parameters.put("client_secret", client.secret().reveal());
        }
        return new TokenRequest(url, parameters);
    }

    @Override
    public String toString() {
        return "TokenRequest[" + parameters.get("grant_type") + "]";
    }
}
