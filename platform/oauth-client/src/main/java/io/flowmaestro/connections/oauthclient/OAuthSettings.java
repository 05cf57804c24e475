package io.flowmaestro.connections.oauthclient;

import io.flowmaestro.connections.verification.ApplyRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one provider does OAuth 2.0 for one connection; every oddity is a value here and never a branch on its key. A URL
 * may still hold {@code {names}} that only the callback or the token answer tells.
 *
 * @param clientCredentials tokens are the client's own (RFC 6749, 4.4): nobody signs in, and a renewal is the same request again
 * @param authorizeUrl empty where nobody signs in
 * @param refreshUrl the token URL unless the provider refreshes elsewhere
 * @param ofOneCustomer tokens are renewed at an address of one customer's own, and what it says concerns no other
 * @param parUrl where authorization requests are pushed (RFC 9126); null where they are not
 * @param issuer the issuer that {@code iss} must equal (RFC 9207), where it is known
 * @param issuerAlwaysSent the provider advertises {@code iss}: an answer without it is refused
 * @param extraScopeParam a second scope parameter of the authorization request
 * @param noScope the provider knows no scope parameter
 * @param pkceRejected sending a code challenge would break the flow
 * @param tokenAccept always sent: some providers answer form-encoded without it
 * @param refreshRepeats parameters of the authorization request that a refresh repeats
 * @param swap what takes the place of a refresh, where there are no refresh tokens
 * @param assumedLifetime of an access token that comes with a refresh token and without an expiry
 * @param omittedParams standard parameters of the authorization request that the provider does not take
 * @param revocation null where the provider has none
 * @param apply how the access token goes into API calls
 * @param variables values of the provider's variables, defaults included; kept with the connection
 * @param kept names that templates of later calls use, so that a connection keeps their values
 */
public record OAuthSettings(
        boolean clientCredentials,
        String authorizeUrl,
        String tokenUrl,
        String refreshUrl,
        boolean ofOneCustomer,
        @Nullable String parUrl,
        @Nullable String issuer,
        boolean issuerAlwaysSent,
        List<String> defaultScopes,
        String scopeSeparator,
        @Nullable String extraScopeParam,
        boolean noScope,
        boolean pkceRejected,
        ClientAuthentication clientAuthentication,
        TokenBody tokenBody,
        String tokenAccept,
        Map<String, String> authorizeParams,
        Map<String, String> tokenParams,
        Map<String, String> refreshParams,
        Set<String> refreshRepeats,
        @Nullable SwapRules swap,
        @Nullable Duration assumedLifetime,
        Set<String> omittedParams,
        TokenResponseRules tokenResponse,
        @Nullable RevocationRules revocation,
        @Nullable AccountRules account,
        ApplyRules apply,
        Map<String, String> variables,
        Set<String> kept) {

    /** The same for a server that one user has chosen: what its token endpoint says concerns no other connection. */
    public OAuthSettings ofItsOwn() {
        return new OAuthSettings(
                clientCredentials,
                authorizeUrl,
                tokenUrl,
                refreshUrl,
                true,
                parUrl,
                issuer,
                issuerAlwaysSent,
                defaultScopes,
                scopeSeparator,
                extraScopeParam,
                noScope,
                pkceRejected,
                clientAuthentication,
                tokenBody,
                tokenAccept,
                authorizeParams,
                tokenParams,
                refreshParams,
                refreshRepeats,
                swap,
                assumedLifetime,
                omittedParams,
                tokenResponse,
                revocation,
                account,
                apply,
                variables,
                kept);
    }

    /** How the client proves itself at the token endpoint (RFC 6749, section 2.3.1). */
    public enum ClientAuthentication {
        BASIC,
        BODY,
        NONE,
        /** A signed assertion (RFC 7523, section 2.2). */
        PRIVATE_KEY_JWT
    }

    /** The form of a token request. RFC 6749 knows the form only; some providers want JSON. */
    public enum TokenBody {
        FORM,
        JSON
    }
}
