package io.flowmaestro.connections.oauth.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.oauthclient.mcp.AuthorizationServer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * What authorization servers may know of us: the documents whose URLs are our client ids, and what is sent to register.
 * There are two documents, since one names one way to prove who we are.
 */
@ApplicationScoped
class ClientDocuments {

    static final String PROVIDER = "mcp";

    private static final String NAME = "FlowMaestro Connections";

    private final PublicAddress address;
    private final McpConfig config;

    ClientDocuments(PublicAddress address, McpConfig config) {
        this.address = address;
        this.config = config;
    }

    /** Our id at a server that takes such documents; empty where the server could not trust ours, for it is not on https. */
    Optional<McpClient> client(AuthorizationServer server) {
        boolean trusted = publicUrl().startsWith("https:");
        return trusted ? any(server) : Optional.empty();
    }

    /** The same for a server that may be on this machine, as ours is. */
    Optional<McpClient> any(AuthorizationServer server) {
        if (!server.clientDocuments()) {
            return Optional.empty();
        }
        if (server.takesOurSignature()
                && address.https()
                && config.clientMetadataUrl().isEmpty()) {
            return Optional.of(new McpClient(McpClient.Kind.DOCUMENT, signedUrl(), null, null, McpClient.SIGNED));
        }
        return Optional.of(new McpClient(McpClient.Kind.DOCUMENT, publicUrl(), null, null, McpClient.NONE));
    }

    /** Of a client without a secret, which PKCE and the redirect URI protect. */
    ObjectNode publicDocument() {
        return metadata(McpClient.NONE).put("client_id", publicUrl());
    }

    /** Of a client that signs. */
    ObjectNode signedDocument() {
        return metadata(McpClient.SIGNED).put("client_id", signedUrl());
    }

    /** RFC 7591, section 2. Redirects to this machine are what native clients have. */
    ObjectNode metadata(String authMethod) {
        ObjectNode metadata =
                JsonNodeFactory.instance.objectNode().put("client_name", NAME).put("client_uri", address.base());
        metadata.putArray("redirect_uris").add(address.callback(PROVIDER));
        metadata.putArray("grant_types").add("authorization_code").add("refresh_token");
        metadata.putArray("response_types").add("code");
        metadata.put("application_type", address.https() ? "web" : "native")
                .put("token_endpoint_auth_method", authMethod);
        if (authMethod.equals(McpClient.SIGNED)) {
            metadata.put("token_endpoint_auth_signing_alg", "ES256")
                    .put("jwks_uri", address.base() + "/api/oauth/jwks");
        }
        return metadata;
    }

    private String publicUrl() {
        return config.clientMetadataUrl().orElseGet(() -> address.base() + "/api/oauth/client-metadata.json");
    }

    private String signedUrl() {
        return address.base() + "/api/oauth/client-metadata-signed.json";
    }
}
