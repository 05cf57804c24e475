package io.flowmaestro.connections.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OAuth 2.0 at one provider. URLs may hold {@code {variables}} of {@code config}, and of {@code callback_params} once
 * the callback has come.
 *
 * @param grant authorization code, unless the tokens are the client's own and nobody signs in
 * @param authorize absent, as {@code token} may be, where {@code discover} finds it, and where nobody signs in
 * @param issuer expected {@code iss} of the callback (RFC 9207)
 * @param authorizationResponseIssParameterSupported the callback always names its issuer (RFC 9207), so one without is
 *     refused
 * @param discover what is absent here comes from the issuer's metadata (OpenID Connect Discovery, RFC 8414)
 * @param par pushed authorization request endpoint (RFC 9126)
 * @param refreshUrl where refreshing differs from {@code token}
 * @param revoke absent where the provider has no revocation
 * @param tokenAccept {@code Accept} of token requests; always sent, since some providers answer form-encoded without
 * @param apiAuth how the access token is sent, as an {@code Authorization} value
 * @param callbackPatterns regular expressions for the whole value of callback parameters. They come through the browser,
 *     so one that is put into a URL must be held to the provider's own: the client secret would go elsewhere
 * @param callbackEquals what a callback parameter must be, as a template of the flow's variables
 * @param callbackHmac the callback parameter that signs the others with the client secret
 * @param refreshRepeats parameters of the authorization request that a refresh repeats
 * @param unverified fields that nobody has confirmed with the provider yet
 * @param conflict fields on which sources disagree, and how
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OAuth2Method(
        OAuthGrant grant,
        @Nullable String authorize,
        @Nullable String token,
        @Nullable String issuer,
        boolean discover,
        boolean authorizationResponseIssParameterSupported,
        @Nullable String refreshUrl,
        @Nullable String tokenAlias,
        @Nullable String tokenLegacy,
        @Nullable String par,
        @Nullable Revoke revoke,
        List<String> defaultScopes,
        String scopeSeparator,
        @Nullable String extraScopeParam,
        boolean noScope,
        Pkce pkce,
        TokenAuth tokenAuth,
        TokenBody tokenBody,
        String tokenAccept,
        Map<String, String> authorizeParams,
        List<String> omitParams,
        List<String> callbackParams,
        Map<String, String> callbackPatterns,
        Map<String, String> callbackEquals,
        @Nullable String callbackHmac,
        Map<String, String> tokenParams,
        Map<String, String> refreshParams,
        List<String> refreshRepeats,
        Refresh refresh,
        TokenResponse tokenResponse,
        @Nullable Account account,
        String apiAuth,
        Map<String, String> apiAuthHeader,
        @Nullable String apiBase,
        Map<String, ConfigVariable> config,
        List<Field> fields,
        List<String> quirks,
        @Nullable String note,
        List<String> unverified,
        Map<String, String> conflict,
        List<String> src) {

    public OAuth2Method {
        grant = Defaults.value(grant, OAuthGrant.AUTHORIZATION_CODE);
        defaultScopes = Defaults.list(defaultScopes);
        scopeSeparator = Defaults.value(scopeSeparator, " ");
        pkce = Defaults.value(pkce, Pkce.UNKNOWN);
        tokenAuth = Defaults.value(tokenAuth, TokenAuth.BODY);
        tokenBody = Defaults.value(tokenBody, TokenBody.FORM);
        tokenAccept = Defaults.value(tokenAccept, "application/json");
        authorizeParams = Defaults.map(authorizeParams);
        omitParams = Defaults.list(omitParams);
        callbackParams = Defaults.list(callbackParams);
        callbackPatterns = Defaults.map(callbackPatterns);
        callbackEquals = Defaults.map(callbackEquals);
        tokenParams = Defaults.map(tokenParams);
        refreshParams = Defaults.map(refreshParams);
        refreshRepeats = Defaults.list(refreshRepeats);
        refresh = Defaults.value(refresh, Refresh.UNKNOWN);
        tokenResponse = Defaults.value(tokenResponse, TokenResponse.STANDARD);
        apiAuth = Defaults.value(apiAuth, "Bearer {access_token}");
        apiAuthHeader = Defaults.map(apiAuthHeader);
        config = Defaults.map(config);
        fields = Defaults.list(fields);
        quirks = Defaults.list(quirks);
        unverified = Defaults.list(unverified);
        conflict = Defaults.map(conflict);
        src = Defaults.list(src);
    }
}
