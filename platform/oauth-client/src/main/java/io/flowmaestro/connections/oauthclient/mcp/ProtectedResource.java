package io.flowmaestro.connections.oauthclient.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.challenge.BearerChallenge;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of itself (RFC 9728, section 2), as far as it may be believed.
 *
 * @param resource its identifier as it was published; sent so with every request to the authorization server
 * @param issuers of the tokens that it takes, as it names them; at least one, each that may be asked
 * @param scopes that make sense there; empty where it does not say
 */
record ProtectedResource(String resource, List<URI> issuers, List<String> scopes) {

    private static final int MOST_SCOPES = 200;
    private static final int MOST_ISSUERS = 4;

    /**
     * The document of a server.
     *
     * @throws AuthorizationRefused where it is of another resource, names no issuer, or one that would send tokens over
     *     plain http though the server itself is https
     */
    static ProtectedResource of(JsonNode document, URI server) {
        String named = document.path("resource").textValue();
        URI resource = Places.parse(named);
        if (named == null || resource == null || !Places.covers(resource, server)) {
            throw AuthorizationRefused.unusable(
                    "The metadata of the MCP server is that of another resource, so a token for it would be good"
                            + " elsewhere.");
        }
        return new ProtectedResource(named, issuers(document, server), scopes(document.path("scopes_supported")));
    }

    /** One that may not be asked is passed over where there are others. */
    private static List<URI> issuers(JsonNode document, URI server) {
        List<URI> named = document.path("authorization_servers")
                .valueStream()
                .map(JsonNode::textValue)
                .map(Places::parse)
                .filter(issuer -> issuer != null && issuer.getRawQuery() == null)
                .distinct()
                .toList();
        if (named.isEmpty()) {
            throw AuthorizationRefused.unusable("The metadata of the MCP server names no usable authorization server.");
        }
        List<URI> safe = named.stream()
                .filter(issuer -> !Places.isPlain(issuer) || Places.isPlain(server))
                .limit(MOST_ISSUERS)
                .toList();
        if (safe.isEmpty()) {
            throw AuthorizationRefused.unusable("The MCP server's authorization server is not on https.");
        }
        return safe;
    }

    static List<String> scopes(@Nullable JsonNode names) {
        return names == null || !names.isArray()
                ? List.of()
                : names.valueStream()
                        .map(JsonNode::asText)
                        .filter(BearerChallenge::isScope)
                        .distinct()
                        .limit(MOST_SCOPES)
                        .toList();
    }
}
