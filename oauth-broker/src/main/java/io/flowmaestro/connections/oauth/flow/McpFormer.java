package io.flowmaestro.connections.oauth.flow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.connection.ConnectionMethod;
import io.flowmaestro.connections.oauth.connection.Connections;
import io.flowmaestro.connections.oauth.connection.Sealing;
import io.flowmaestro.connections.oauth.connection.StoredConnection;
import io.flowmaestro.connections.oauth.mcp.McpAuthorization;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauthclient.TokenData;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an MCP connection that is being renewed had before. Any may be: one with a token of another kind gets a grant, too. */
@ApplicationScoped
class McpFormer {

    private final Connections connections;
    private final Sealing sealing;

    McpFormer(Connections connections, Sealing sealing) {
        this.connections = connections;
        this.sealing = sealing;
    }

    /**
     * A connection as it was.
     *
     * @param scopes of its tokens; none for one whose data cannot be opened
     * @param authorization null for one that was no grant
     */
    record Before(
            String serverUrl,
            List<String> scopes,
            ObjectNode kept,
            @Nullable McpAuthorization authorization) {}

    /** Fails unless it is the user's, and an MCP connection. */
    Uni<Before> of(UUID user, UUID connection) {
        return connections
                .require(user, connection)
                .invoke(McpFormer::requireMcp)
                .chain(stored -> sealing.open(stored)
                        .onFailure(McpFormer::isUnreadable)
                        .recoverWithItem(JsonNodeFactory.instance::objectNode)
                        .map(data -> before(stored, data)));
    }

    private static Before before(StoredConnection stored, ObjectNode data) {
        return new Before(
                data.hasNonNull("server_url") ? data.get("server_url").asText() : shown(stored),
                TokenData.read(data).scope(),
                McpAuthorization.kept(data),
                McpAuthorization.in(data).orElse(null));
    }

    /** The address as it is stored beside the data, all there is without it; a part may be hidden. */
    private static String shown(StoredConnection stored) {
        String url = stored.mcpServerUrl() == null ? "" : stored.mcpServerUrl();
        if (url.contains(McpAuthorizeRequest.HIDDEN)) {
            throw new ProblemException(
                    OAuthProblem.CONNECTION_NOT_RENEWABLE,
                    "A part of the server's address is in the connection's data alone, which cannot be read any more."
                            + " Make a new connection with the whole address.");
        }
        return url;
    }

    private static void requireMcp(StoredConnection stored) {
        if (stored.method() != ConnectionMethod.MCP) {
            throw new ProblemException(
                    OAuthProblem.CONNECTION_NOT_RENEWABLE,
                    "Only an MCP connection can be renewed by signing in to its server. Leave connection_id out to make a new connection.");
        }
    }

    private static boolean isUnreadable(Throwable failure) {
        return failure instanceof ProblemException problem && problem.code() == OAuthProblem.CREDENTIAL_UNREADABLE;
    }
}
