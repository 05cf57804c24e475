package io.flowmaestro.connections.oauth.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.egress.ShownUrl;
import io.flowmaestro.connections.oauth.provider.Provider;
import io.flowmaestro.connections.oauthclient.OAuthDefinition;
import io.flowmaestro.connections.oauthclient.OAuthSettings;
import io.flowmaestro.connections.oauthclient.mcp.AuthorizationServer;
import io.flowmaestro.connections.oauthclient.mcp.McpDiscovery;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How tokens for one MCP server are had and renewed. It is sealed with the flow, and with the tokens that come of it: a
 * refresh goes to the server that issued them, as the client that they were issued to, whatever is published meanwhile.
 *
 * @param resource sent with every request (RFC 8707)
 * @param ofTheClient nobody signs in: the tokens are the client's own (RFC 6749, 4.4)
 * @param kept what the connection's user has set besides: {@code timeout} and {@code headers}
 */
public record McpAuthorization(
        String serverUrl,
        String resource,
        String issuer,
        String authorizationEndpoint,
        String tokenEndpoint,
        @Nullable String revocationEndpoint,
        boolean issuerAlwaysSent,
        boolean ofTheClient,
        McpClient client,
        ObjectNode kept) {

    /** What they are called together where a provider's key is wanted. */
    public static final String LABEL = "mcp";

    private static final String FIELD = "authorization";

    public static McpAuthorization of(
            String serverUrl, McpDiscovery.Found found, McpClient client, boolean ofTheClient, ObjectNode kept) {
        AuthorizationServer server = found.server();
        return new McpAuthorization(
                serverUrl,
                found.resource(),
                server.issuer(),
                server.authorizationEndpoint(),
                server.tokenEndpoint(),
                server.revocationEndpoint(),
                server.issuerAlwaysSent(),
                ofTheClient,
                client,
                kept);
    }

    /** The one in a connection's data; empty for a connection whose tokens come from elsewhere. */
    public static Optional<McpAuthorization> in(ObjectNode data) {
        return data.path(FIELD) instanceof ObjectNode authorization
                ? Optional.of(read(authorization))
                : Optional.empty();
    }

    public static McpAuthorization read(ObjectNode from) {
        return new McpAuthorization(
                from.path("server_url").asText(),
                from.path("resource").asText(),
                from.path("issuer").asText(),
                from.path("authorization_endpoint").asText(),
                from.path("token_endpoint").asText(),
                from.path("revocation_endpoint").textValue(),
                from.path("iss").asBoolean(),
                from.path("of_the_client").asBoolean(),
                McpClient.read(from.path("client")),
                from.path("kept") instanceof ObjectNode kept ? kept.deepCopy() : JsonNodeFactory.instance.objectNode());
    }

    public ObjectNode write() {
        ObjectNode written = JsonNodeFactory.instance
                .objectNode()
                .put("server_url", serverUrl)
                .put("resource", resource)
                .put("issuer", issuer)
                .put("authorization_endpoint", authorizationEndpoint)
                .put("token_endpoint", tokenEndpoint)
                .put("revocation_endpoint", revocationEndpoint)
                .put("iss", issuerAlwaysSent)
                .put("of_the_client", ofTheClient);
        written.set("kept", kept.deepCopy());
        written.set("client", client.write());
        return written;
    }

    /**
     * What a connection's data holds besides its tokens.
     *
     * @param now when its user agreed; a refresh leaves it, so it names the grant
     */
    public ObjectNode fields(Instant now) {
        ObjectNode fields = kept.deepCopy()
                .put("server_url", serverUrl)
                .put("protocol", URI.create(serverUrl).getScheme())
                .put("auth_type", "oauth2")
                .put("granted_at", now.toEpochMilli());
        fields.set(FIELD, write());
        return fields;
    }

    /** What a user has set of an MCP connection that is not of its authentication. */
    public static ObjectNode kept(ObjectNode data) {
        return data.deepCopy().retain("timeout", "headers");
    }

    /** Data that may be handed out: without what only renewing needs. */
    public static ObjectNode withoutSecrets(ObjectNode data) {
        ObjectNode shown = data.deepCopy();
        shown.remove(List.of(FIELD, "refresh_token", "granted_at"));
        return shown;
    }

    /** What its connection may show of itself. */
    public Map<String, Object> shown() {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("server_url", ShownUrl.of(serverUrl));
        shown.put("protocol", URI.create(serverUrl).getScheme());
        shown.put("auth_type", "oauth2");
        if (kept.path("timeout").isNumber()) {
            shown.put("timeout", kept.path("timeout").longValue());
        }
        return shown;
    }

    /** How it is spoken to. */
    public OAuthSettings settings() {
        return definition().settings(Map.of()).ofItsOwn();
    }

    /**
     * The authorization server as one that issues tokens.
     *
     * @param key of the connection's provider
     */
    public Provider provider(String key) {
        return new Provider(key, "The authorization server of " + host(), definition(), null, null, null);
    }

    public boolean isOfOurRegistration() {
        return client.kind() == McpClient.Kind.REGISTERED;
    }

    public String host() {
        return String.valueOf(URI.create(serverUrl).getHost());
    }

    private OAuthDefinition definition() {
        ObjectNode block = JsonNodeFactory.instance
                .objectNode()
                .put("grant", ofTheClient ? "client_credentials" : "authorization_code")
                .put("authorize", authorizationEndpoint)
                .put("token", tokenEndpoint)
                .put("issuer", issuer)
                .put("authorization_response_iss_parameter_supported", issuerAlwaysSent)
                .put("pkce", "required")
                .put("token_auth", client.catalogued());
        for (String parameters : new String[] {"authorize_params", "token_params", "refresh_params"}) {
            block.putObject(parameters).put("resource", resource);
        }
        if (revocationEndpoint != null) {
            block.putObject("revoke")
                    .put("method", "POST")
                    .put("url", revocationEndpoint)
                    .put("auth", client.authMethod().equals(McpClient.BASIC) ? "basic" : "body");
        }
        return OAuthDefinition.read(block);
    }

    @Override
    public String toString() {
        return "McpAuthorization[" + host() + "]";
    }
}
