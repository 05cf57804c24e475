package io.flowmaestro.connections.oauthclient.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An authorization server's own word (RFC 8414, section 2), as far as it may be believed.
 *
 * @param issuer as it names itself, which is what it was asked for
 * @param registrationEndpoint of RFC 7591; null where clients are not registered that way
 * @param revocationEndpoint of RFC 7009; null where there is none
 * @param issuerAlwaysSent its answers name their issuer (RFC 9207)
 * @param clientDocuments it takes the URL of a client id metadata document for a client id
 * @param authMethods of the token endpoint; {@code client_secret_basic} where it does not say
 * @param signingAlgorithms of client assertions; empty where it does not say
 * @param scopes that it knows; empty where it does not say
 */
public record AuthorizationServer(
        String issuer,
        String authorizationEndpoint,
        String tokenEndpoint,
        @Nullable String registrationEndpoint,
        @Nullable String revocationEndpoint,
        boolean issuerAlwaysSent,
        boolean clientDocuments,
        Set<String> authMethods,
        Set<String> signingAlgorithms,
        List<String> scopes) {

    /**
     * A document that may be used.
     *
     * @throws AuthorizationRefused for one of another issuer (RFC 8414, section 3.3), without the endpoints that a
     *     sign-in needs, with an unsafe one, or of a server that does not say it knows PKCE with S256
     */
    static AuthorizationServer of(JsonNode document, URI issuer) {
        if (!issuer.toString().equals(document.path("issuer").textValue())) {
            throw AuthorizationRefused.unusable(
                    "The metadata of the MCP server's authorization server is that of another issuer.");
        }
        if (!names(document.path("code_challenge_methods_supported")).contains("S256")) {
            throw AuthorizationRefused.unusable(
                    "The MCP server's authorization server does not say that it supports PKCE with S256, without which a sign-in is not safe.");
        }
        return new AuthorizationServer(
                issuer.toString(),
                required(document, "authorization_endpoint", issuer),
                required(document, "token_endpoint", issuer),
                optional(document, "registration_endpoint", issuer),
                optional(document, "revocation_endpoint", issuer),
                document.path("authorization_response_iss_parameter_supported").asBoolean(false),
                document.path("client_id_metadata_document_supported").asBoolean(false),
                authMethods(document.path("token_endpoint_auth_methods_supported")),
                names(document.path("token_endpoint_auth_signing_alg_values_supported")),
                ProtectedResource.scopes(document.path("scopes_supported")));
    }

    /** Whether it takes assertions that are signed with ES256, the only ones that our documents promise. */
    public boolean takesOurSignature() {
        return authMethods.contains("private_key_jwt")
                && (signingAlgorithms.isEmpty() || signingAlgorithms.contains("ES256"));
    }

    private static String required(JsonNode document, String name, URI issuer) {
        String url = optional(document, name, issuer);
        if (url == null) {
            throw AuthorizationRefused.unusable("The MCP server's authorization server names no " + name + ".");
        }
        return url;
    }

    /** Plain http only where the issuer itself is on it, and the egress guard lets nothing but this machine be so. */
    private static @Nullable String optional(JsonNode document, String name, URI issuer) {
        JsonNode value = document.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        URI url = Places.parse(value.textValue());
        if (url == null || (Places.isPlain(url) && !Places.isPlain(issuer))) {
            throw AuthorizationRefused.unusable(
                    "The MCP server's authorization server has a " + name + " that is not an https URL.");
        }
        return url.toString();
    }

    private static Set<String> authMethods(JsonNode methods) {
        Set<String> named = names(methods);
        return named.isEmpty() ? Set.of("client_secret_basic") : named;
    }

    private static Set<String> names(JsonNode list) {
        return list.isArray()
                ? list.valueStream().map(JsonNode::asText).collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }
}
