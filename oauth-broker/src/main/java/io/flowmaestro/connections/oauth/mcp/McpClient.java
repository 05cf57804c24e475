package io.flowmaestro.connections.oauth.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.oauthclient.Secret;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who we are at one authorization server, and nowhere else.
 *
 * @param secret null for a public client, and for one that signs
 * @param privateKey PKCS#8 in PEM, of a client that its user gave with a key of its own; one that signs and has none
 *     signs with this service's
 * @param authMethod how it proves itself, by RFC 7591's name
 */
public record McpClient(
        Kind kind,
        String id,
        @Nullable Secret secret,
        @Nullable Secret privateKey,
        String authMethod) {

    /** How it became known there. */
    public enum Kind {
        /** By its user, or an operator, beforehand. */
        PREREGISTERED,
        /** By the document that its id is the URL of. */
        DOCUMENT,
        /** By ourselves (RFC 7591). */
        REGISTERED
    }

    public static final String BASIC = "client_secret_basic";
    public static final String POST = "client_secret_post";
    public static final String NONE = "none";
    public static final String SIGNED = "private_key_jwt";

    /** The catalogue's name of the method. */
    String catalogued() {
        return switch (authMethod) {
            case BASIC -> "basic";
            case POST -> "body";
            default -> authMethod;
        };
    }

    ObjectNode write() {
        ObjectNode client = JsonNodeFactory.instance
                .objectNode()
                .put("kind", kind.name().toLowerCase(Locale.ROOT))
                .put("id", id)
                .put("auth_method", authMethod);
        if (secret != null) {
            client.put("secret", secret.reveal());
        }
        if (privateKey != null) {
            client.put("private_key", privateKey.reveal());
        }
        return client;
    }

    static McpClient read(JsonNode client) {
        return new McpClient(
                Kind.valueOf(client.path("kind").asText().toUpperCase(Locale.ROOT)),
                client.path("id").asText(),
                secret(client.path("secret")),
                secret(client.path("private_key")),
                client.path("auth_method").asText(NONE));
    }

    private static @Nullable Secret secret(JsonNode value) {
        return value.isTextual() ? Secret.of(value.textValue()) : null;
    }
}
