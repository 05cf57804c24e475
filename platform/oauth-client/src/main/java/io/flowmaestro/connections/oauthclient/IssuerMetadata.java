package io.flowmaestro.connections.oauthclient;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.catalog.OAuth2Method;
import io.flowmaestro.connections.catalog.OAuthGrant;
import io.flowmaestro.connections.verification.FactPath;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An issuer's own word on its endpoints and on what it takes (RFC 8414, section 2). */
record IssuerMetadata(JsonNode document) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** In the order in which they are preferred; a key to sign with is there only if the operator says so. */
    private static final List<String> METHODS = List.of("client_secret_basic", "client_secret_post", "none");

    /**
     * A document that may be used.
     *
     * @throws DiscoveryFailed for one of another issuer (RFC 8414, 3.3), without a token endpoint, or with an endpoint that
     *     is not https
     */
    static IssuerMetadata of(String issuer, JsonNode document) {
        String named = text(document, "issuer");
        if (!issuer.equals(named)) {
            throw DiscoveryFailed.wrong(issuer, "it is another issuer's");
        }
        require(issuer, document, "token_endpoint");
        for (String endpoint : List.of(
                "authorization_endpoint",
                "token_endpoint",
                "revocation_endpoint",
                "pushed_authorization_request_endpoint",
                "userinfo_endpoint")) {
            String url = text(document, endpoint);
            if (url != null && !isSafe(url, issuer)) {
                throw DiscoveryFailed.wrong(issuer, "its " + endpoint + " is not an https URL");
            }
        }
        return new IssuerMetadata(document);
    }

    private static void require(String issuer, JsonNode document, String endpoint) {
        if (text(document, endpoint) == null) {
            throw DiscoveryFailed.wrong(issuer, "it names no " + endpoint);
        }
    }

    /**
     * What the catalogue leaves out comes from here.
     *
     * @throws DiscoveryFailed without an authorization endpoint, unless nobody signs in; or without a proof of the client
     *     that is ours
     */
    OAuthDefinition complete(OAuthDefinition definition) {
        OAuth2Method facts = definition.facts();
        boolean somebodySignsIn = facts.grant() != OAuthGrant.CLIENT_CREDENTIALS;
        if (somebodySignsIn && facts.authorize() == null) {
            require(String.valueOf(text(document, "issuer")), document, "authorization_endpoint");
        }
        ObjectNode block = JSON.valueToTree(facts);
        if (somebodySignsIn) {
            put(block, "authorize", text(document, "authorization_endpoint"));
            put(block, "par", text(document, "pushed_authorization_request_endpoint"));
        }
        put(block, "token", text(document, "token_endpoint"));
        block.put("token_auth", clientAuthentication(block.path("token_auth").asText()));
        if (document.path("authorization_response_iss_parameter_supported").asBoolean(false)) {
            block.put("authorization_response_iss_parameter_supported", true);
        }
        String revocation = text(document, "revocation_endpoint");
        if (facts.revoke() == null && revocation != null) {
            // Where no method is named for revocation, RFC 8414 says basic; whoever takes the token endpoint's takes it
            // here.
            block.putObject("revoke")
                    .put("method", "POST")
                    .put("url", revocation)
                    .put("auth", block.path("token_auth").asText().equals("basic") ? "basic" : "body");
        }
        String userInfo = text(document, "userinfo_endpoint");
        if (somebodySignsIn && facts.account() == null && userInfo != null) {
            block.putObject("account")
                    .put("method", "GET")
                    .put("url", userInfo)
                    .put("id", "sub")
                    .put("name", "email|preferred_username|name");
        }
        return OAuthDefinition.read(block.put("discover", false));
    }

    /** The catalogue's choice, if the issuer takes it; else the first of ours that it takes. */
    private String clientAuthentication(String ours) {
        Set<String> taken = taken();
        if (taken.stream().anyMatch(method -> catalogued(method).equals(ours))) {
            return ours;
        }
        return METHODS.stream()
                .filter(taken::contains)
                .map(IssuerMetadata::catalogued)
                .findFirst()
                .orElseThrow(() -> DiscoveryFailed.wrong(
                        String.valueOf(text(document, "issuer")),
                        "it takes other proofs of a client than token_auth: " + ours
                                + "; private_key_jwt is used where the provider's file says so"));
    }

    /** Left out, it means basic (RFC 8414, section 2). */
    private Set<String> taken() {
        JsonNode methods = document.path("token_endpoint_auth_methods_supported");
        return methods.isArray()
                ? methods.valueStream().map(JsonNode::asText).collect(Collectors.toUnmodifiableSet())
                : Set.of("client_secret_basic");
    }

    private static String catalogued(String method) {
        return switch (method) {
            case "client_secret_basic" -> "basic";
            case "client_secret_post" -> "body";
            default -> method;
        };
    }

    private static void put(ObjectNode block, String name, @Nullable String value) {
        if (value != null && !block.hasNonNull(name)) {
            block.put(name, value);
        }
    }

    /** Plain http is for an issuer that is on this machine itself. */
    private static boolean isSafe(String url, String issuer) {
        try {
            var uri = URI.create(url);
            boolean local = isLocal(URI.create(issuer)) && isLocal(uri);
            return uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && ("https".equals(uri.getScheme()) || local);
        } catch (IllegalArgumentException notAUrl) {
            return false;
        }
    }

    private static boolean isLocal(URI uri) {
        return "http".equals(uri.getScheme()) && LOOPBACK.contains(Objects.requireNonNullElse(uri.getHost(), ""));
    }

    private static @Nullable String text(JsonNode document, String name) {
        JsonNode value = document.path(name);
        String text = value.isTextual() ? new FactPath(name).text(document) : null;
        return text == null || text.isEmpty() ? null : text;
    }
}
