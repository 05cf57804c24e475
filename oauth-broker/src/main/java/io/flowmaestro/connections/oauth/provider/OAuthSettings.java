package io.flowmaestro.connections.oauth.provider;

import io.flowmaestro.connections.verification.ApplyRules;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one provider does OAuth 2.0; every oddity is a value here and never a branch on its key.
 *
 * @param refreshUrl the token URL unless the provider refreshes elsewhere
 * @param issuer the issuer that {@code iss} must equal (RFC 9207), where it is known
 * @param issuerAlwaysSent the provider advertises {@code iss}: an answer without it is refused
 * @param noScope the provider knows no scope parameter
 * @param pkceRejected sending a code challenge would break the flow
 * @param omittedParams standard parameters of the authorization request that the provider does not take
 * @param apply how the access token goes into API calls
 */
public record OAuthSettings(
        String authorizeUrl,
        String tokenUrl,
        String refreshUrl,
        @Nullable String issuer,
        boolean issuerAlwaysSent,
        List<String> defaultScopes,
        String scopeSeparator,
        boolean noScope,
        boolean pkceRejected,
        ClientAuthentication clientAuthentication,
        TokenBody tokenBody,
        Map<String, String> authorizeParams,
        Map<String, String> tokenParams,
        Map<String, String> refreshParams,
        Set<String> omittedParams,
        TokenResponseRules tokenResponse,
        @Nullable AccountRules account,
        ApplyRules apply) {

    /** How the client proves itself at the token endpoint (RFC 6749, section 2.3.1). */
    public enum ClientAuthentication {
        BASIC,
        BODY,
        NONE
    }

    /** The form of a token request. RFC 6749 knows the form only; some providers want JSON. */
    public enum TokenBody {
        FORM,
        JSON
    }
}
