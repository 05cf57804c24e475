package io.flowmaestro.connections.mcp.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.FrameworkProblem;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.mcp.client.Discovery;
import io.flowmaestro.connections.mcp.client.McpClient;
import io.flowmaestro.connections.mcp.client.Offer;
import io.flowmaestro.connections.mcp.connection.McpConnections;
import io.flowmaestro.connections.mcp.upstream.InvalidServer;
import io.flowmaestro.connections.mcp.upstream.McpServer;
import io.flowmaestro.connections.mcp.upstream.ServerForms;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class DiscoveryService {

    private final ServerForms forms;
    private final McpConnections connections;
    private final McpClient client;

    DiscoveryService(ServerForms forms, McpConnections connections, McpClient client) {
        this.forms = forms;
        this.connections = connections;
        this.client = client;
    }

    /** A server that is not stored yet. */
    Uni<Discovery> discover(UUID user, @Nullable DiscoverRequest request) {
        return Uni.createFrom().item(() -> server(request).calledFor(user)).chain(client::discover);
    }

    /** A user's stored connection; this is its test as well, so it may be one that has stopped working. */
    Uni<Discovery> discover(UUID user, UUID connection) {
        return connections.openForTest(user, connection).chain(open -> client.explore(open.session(), open.server()));
    }

    /** One list of a connection that is in use. */
    Uni<List<ObjectNode>> list(UUID user, UUID connection, Offer offer) {
        return connections.open(user, connection).chain(open -> client.list(open.session(), open.server(), offer));
    }

    private McpServer server(@Nullable DiscoverRequest request) {
        if (request == null) {
            throw invalid(List.of(new Violation("server_url", "is required")));
        }
        if (request.authTwice()) {
            throw invalid(
                    List.of(new Violation("auth", "give authentication in auth or beside server_url, not in both")));
        }
        try {
            return forms.readNew(request.form());
        } catch (InvalidServer wrong) {
            throw invalid(wrong.violations());
        }
    }

    private static ProblemException invalid(List<Violation> violations) {
        return new ProblemException(
                        FrameworkProblem.VALIDATION_FAILED, "The MCP server's settings are not valid; see violations.")
                .with(violations);
    }
}
