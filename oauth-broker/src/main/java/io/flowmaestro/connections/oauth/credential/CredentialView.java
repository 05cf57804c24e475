package io.flowmaestro.connections.oauth.credential;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.oauth.connection.ConnectionMethod;
import io.flowmaestro.connections.oauthclient.OAuthTokens;
import io.flowmaestro.connections.oauthclient.TokenData;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A credential as a worker gets it. The method's own fields stand beside {@code type}.
 *
 * @param credentialVersion quoted when the credential turns out to be refused
 */
@RegisterForReflection
record CredentialView(
        String type,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Instant expiresAt,
        long credentialVersion,
        Apply apply,
        @JsonAnyGetter Map<String, Object> fields) {

    static CredentialView of(Credential credential, long version, Apply apply) {
        return switch (credential) {
            case Credential.OAuth2 oauth ->
                new CredentialView(
                        ConnectionMethod.OAUTH2.wireName(),
                        oauth.tokens().expiresAt(),
                        version,
                        apply,
                        fields(oauth.tokens()));
            case Credential.ApiKey key -> plain(ConnectionMethod.API_KEY, version, apply, key.data());
            case Credential.BasicAuth basic -> plain(ConnectionMethod.BASIC_AUTH, version, apply, basic.data());
            case Credential.Custom custom -> plain(ConnectionMethod.CUSTOM, version, apply, custom.data());
            case Credential.Mcp mcp ->
                new CredentialView(
                        ConnectionMethod.MCP.wireName(), mcp.expiresAt(), version, apply, fields(mcp.data()));
        };
    }

    private static CredentialView plain(ConnectionMethod method, long version, Apply apply, ObjectNode data) {
        return new CredentialView(method.wireName(), null, version, apply, fields(data));
    }

    private static Map<String, Object> fields(ObjectNode data) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : data.properties()) {
            fields.put(field.getKey(), field.getValue());
        }
        // A data field of the same name must not appear twice.
        fields.keySet().removeAll(Set.of("type", "expires_at", "credential_version", "apply"));
        return fields;
    }

    /** Never the refresh token: renewing is this service's work alone. Nor what only a new sign-in needs. */
    private static Map<String, Object> fields(OAuthTokens tokens) {
        Map<String, Object> fields = fields(tokens.fields());
        fields.remove(TokenData.EXTRA_SCOPES);
        fields.put("access_token", tokens.accessToken().reveal());
        fields.put("token_type", tokens.tokenType());
        fields.put("scope", tokens.scope());
        return fields;
    }

    @Override
    public String toString() {
        return "CredentialView[" + type + ", redacted]";
    }
}
