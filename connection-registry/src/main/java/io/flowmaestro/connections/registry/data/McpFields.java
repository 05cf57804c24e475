package io.flowmaestro.connections.registry.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The data of an MCP connection: where the server is, and just the credentials that its kind of auth takes. What can be judged here
 * without mcp-gateway is judged as it would ({@code NewServerChecks}); the rest is left to it.
 */
final class McpFields {

    static final Set<String> SHOWN = Set.of("server_url", "protocol", "auth_type", "api_key_header", "timeout");

    private static final Map<String, List<String>> NEEDED = Map.of(
            "none", List.of(),
            "api_key", List.of("api_key"),
            "bearer", List.of("bearer_token"),
            "basic", List.of("username", "password"),
            "oauth2", List.of());
    private static final List<String> CREDENTIALS = List.of("api_key", "bearer_token", "username", "password");
    private static final long MAX_TIMEOUT_MS = 300_000;

    private McpFields() {}

    /** Reads the fields, adds the defaults to {@code whole}, and returns the server's URL. */
    static String read(Fields fields, ObjectNode whole) {
        String serverUrl = fields.required("server_url", UrlRule.MCP);
        protocol(fields, whole, serverUrl);
        String authType = fields.optional("auth_type", TextRule.oneOf("none", "api_key", "bearer", "basic", "oauth2"));
        if (authType == null) {
            whole.put("auth_type", "none");
        }
        credentials(fields, authType == null ? "none" : authType);
        if ("api_key".equals(authType) && !fields.has("api_key_header")) {
            whole.put("api_key_header", "X-API-Key");
        }
        HeaderFields.read(fields, "headers", false);
        fields.optionalInteger("timeout", 1, MAX_TIMEOUT_MS);
        return serverUrl;
    }

    private static void protocol(Fields fields, ObjectNode whole, String serverUrl) {
        String scheme = scheme(serverUrl);
        String protocol = fields.optional("protocol", TextRule.oneOf("http", "https", "ws", "wss"));
        if (protocol == null) {
            whole.put("protocol", scheme);
        } else if (!protocol.equals(scheme)) {
            fields.refuse("protocol", "must be the scheme of server_url");
        }
    }

    private static String scheme(String url) {
        int colon = url.indexOf(':');
        return colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
    }

    /** An empty password is a password, as the gateway has it. */
    private static boolean isBlanks(@Nullable JsonNode password) {
        return password != null && password.isTextual() && password.textValue().matches(" *");
    }

    private static void credentials(Fields fields, String authType) {
        @Nullable List<String> needed = NEEDED.get(authType);
        if (needed == null) {
            // auth_type itself is refused; what would fit it is unknown.
            CREDENTIALS.forEach(fields::node);
            fields.node("api_key_header");
            return;
        }
        needed.stream()
                .filter(name -> !(name.equals("password") && isBlanks(fields.node(name))))
                .forEach(name -> fields.required(name, TextRule.SECRET));
        CREDENTIALS.stream()
                .filter(name -> !needed.contains(name) && fields.node(name) != null)
                .forEach(name -> fields.refuse(name, "does not belong to auth_type " + authType));
        String header = fields.optional("api_key_header", HeaderFields.NAME_RULE);
        if (header != null && !authType.equals("api_key")) {
            fields.refuse("api_key_header", "does not belong to auth_type " + authType);
        }
    }
}
