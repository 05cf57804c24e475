package io.flowmaestro.connections.oauth.registry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A catalogue entry, as far as it is read here; the names are the provider file's. */
@JsonIgnoreProperties(ignoreUnknown = true)
record ProviderWire(
        String key, @Nullable String name, @Nullable Methods methods) {

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Methods(
            @Nullable OAuth2 oauth2,
            @Nullable ApiKey apiKey,
            @Nullable BasicAuth basicAuth,
            @Nullable Custom custom) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record OAuth2(
            String authorize,
            String token,
            @Nullable String issuer,
            @Nullable Boolean authorizationResponseIssParameterSupported,
            @Nullable String refreshUrl,
            @Nullable List<String> defaultScopes,
            @Nullable String scopeSeparator,
            @Nullable Boolean noScope,
            @Nullable String pkce,
            @Nullable String tokenAuth,
            @Nullable String tokenBody,
            @Nullable Map<String, String> authorizeParams,
            @Nullable List<String> omitParams,
            @Nullable Map<String, String> tokenParams,
            @Nullable Map<String, String> refreshParams,
            @Nullable TokenResponse tokenResponse,
            @Nullable Account account,
            @Nullable String apiAuth,
            @Nullable Map<String, String> apiAuthHeader,
            @Nullable String apiBase,
            @Nullable Map<String, Variable> config) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record TokenResponse(
            @Nullable String okPath,
            @Nullable List<String> accessToken,
            @Nullable List<String> refreshToken,
            @Nullable List<String> expiresIn,
            @Nullable String expiresAtIso,
            @Nullable String expiresAtEpoch,
            @Nullable String scopeSeparator,
            @Nullable String accountId,
            @Nullable String accountName) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Account(
            @Nullable String method,
            @Nullable String url,
            @Nullable Map<String, String> headers,
            @Nullable Map<String, String> json,
            @Nullable String id,
            @Nullable String name) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record ApiKey(
            @Nullable String base,
            @Nullable Map<String, String> header,
            @Nullable Map<String, String> query,
            @Nullable Basic basic,
            @Nullable Map<String, Variable> config,
            @Nullable List<Field> fields) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record BasicAuth(
            @Nullable String base,
            @Nullable Basic basic,
            @Nullable Map<String, Variable> config,
            @Nullable List<Field> fields) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Custom(
            @Nullable String base,
            @Nullable Map<String, Variable> config,
            @Nullable List<Field> fields) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Basic(String user, String pass) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Variable(
            @JsonProperty("default") @Nullable String defaultValue,
            @Nullable List<String> values,
            @Nullable String pattern,
            @Nullable String fromKeySuffixAfter) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Field(
            String name,
            @JsonProperty("default") @Nullable String defaultValue,
            @Nullable List<String> values,
            @Nullable String pattern) {}
}
