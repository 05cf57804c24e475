package io.flowmaestro.connections.oauth.flow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.oauth.mcp.GivenClient;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a user asks for who wants to sign in to an MCP server.
 *
 * @param serverUrl may be left out where {@code connectionId} says it
 * @param provider key of the catalogue's entry that the server is of
 * @param connectionId of the connection that gets the new grant; a new one is made without
 * @param scopes beyond those that the server says it needs
 * @param timeout of the connection's calls in milliseconds
 * @param client that the user has registered at the authorization server; never in a query
 * @param newClient whether we register anew where we are registered already
 */
record McpAuthorizeRequest(
        @Nullable String serverUrl,
        @Nullable String provider,
        @Nullable String name,
        @Nullable String connectionId,
        @Nullable List<@Nullable String> scopes,
        @Nullable String returnTo,
        @Nullable Long timeout,
        @Nullable GivenClient client,
        @Nullable Boolean newClient) {

    static final String GENERIC = "mcp-generic";

    /** What the registry shows in place of a part of an address that may be a secret. */
    static final String HIDDEN = "***";

    private static final int LONGEST_URL = 2048;
    private static final long LONGEST_TIMEOUT_MS = 300_000;
    private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Set<String> IN_A_QUERY =
            Set.of("server_url", "provider", "name", "connection_id", "scopes", "return_to");

    /** The same, checked. One of server and connection is there. */
    record Valid(
            @Nullable String serverUrl,
            String provider,
            @Nullable String name,
            @Nullable UUID connection,
            List<String> scopes,
            @Nullable String returnTo,
            ObjectNode kept,
            @Nullable GivenClient client,
            boolean newClient) {
        @Override
        public String toString() {
            return "McpAuthorizeRequest.Valid[redacted]";
        }
    }

    /** Of a query, which holds no client: its secret would be in logs and histories. */
    static McpAuthorizeRequest of(MultivaluedMap<String, String> query) {
        for (String parameter : query.keySet()) {
            if (!IN_A_QUERY.contains(parameter)) {
                throw AuthorizeRequest.invalid(
                        "This takes server_url, provider, name, connection_id, scopes and return_to. Send anything else, a client above all, in the body of a POST.");
            }
        }
        String scopes = AuthorizeRequest.only(query, "scopes");
        return new McpAuthorizeRequest(
                AuthorizeRequest.only(query, "server_url"),
                AuthorizeRequest.only(query, "provider"),
                AuthorizeRequest.only(query, "name"),
                AuthorizeRequest.only(query, "connection_id"),
                scopes == null ? null : List.of(scopes),
                AuthorizeRequest.only(query, "return_to"),
                null,
                null,
                null);
    }

    static Valid valid(@Nullable McpAuthorizeRequest request) {
        if (request == null) {
            throw AuthorizeRequest.invalid("server_url is required.");
        }
        return request.valid();
    }

    private Valid valid() {
        UUID connection = AuthorizeRequest.connection(connectionId);
        if (serverUrl == null && connection == null) {
            throw AuthorizeRequest.invalid("server_url is required, unless connection_id says which server it is.");
        }
        if (serverUrl != null && (serverUrl.isBlank() || serverUrl.length() > LONGEST_URL)) {
            throw AuthorizeRequest.invalid("server_url must have 1 to 2048 characters.");
        }
        if (serverUrl != null && serverUrl.contains(HIDDEN)) {
            throw AuthorizeRequest.invalid(
                    "server_url has *** in it, which stands for what is not shown. Give the whole address.");
        }
        if (provider != null && !SLUG.matcher(provider).matches()) {
            throw AuthorizeRequest.invalid("provider must be the key of a provider of the catalogue.");
        }
        if (client != null) {
            client.check();
        }
        return new Valid(
                serverUrl == null ? null : serverUrl.strip(),
                provider == null ? GENERIC : provider,
                AuthorizeRequest.name(name),
                connection,
                scopes == null ? List.of() : AuthorizeRequest.scopes(String.join(" ", texts(scopes))),
                returnTo,
                kept(),
                client,
                Boolean.TRUE.equals(newClient));
    }

    private static List<String> texts(List<@Nullable String> scopes) {
        return scopes.stream().map(scope -> scope == null ? "" : scope).toList();
    }

    private ObjectNode kept() {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        if (timeout != null) {
            if (timeout < 1 || timeout > LONGEST_TIMEOUT_MS) {
                throw AuthorizeRequest.invalid("timeout must be 1 to 300000 milliseconds.");
            }
            kept.put("timeout", timeout);
        }
        return kept;
    }

    @Override
    public String toString() {
        return "McpAuthorizeRequest[redacted]";
    }
}
