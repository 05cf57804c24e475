package io.flowmaestro.connections.mcp.connection;

import static io.flowmaestro.connections.mcp.problem.McpProblem.CONNECTION_NOT_ACTIVE;
import static io.flowmaestro.connections.mcp.problem.McpProblem.CONNECTION_NOT_USABLE;
import static io.flowmaestro.connections.mcp.problem.McpProblem.NOT_AN_MCP_CONNECTION;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.mcp.client.SessionKey;
import io.flowmaestro.connections.mcp.jsonrpc.MalformedMessage;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.flowmaestro.connections.mcp.upstream.InvalidServer;
import io.flowmaestro.connections.mcp.upstream.McpServer;
import io.flowmaestro.connections.mcp.upstream.ServerForm;
import io.flowmaestro.connections.mcp.upstream.ServerForms;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.UUID;

/** Gives a user's MCP connection, opened for one call. */
@ApplicationScoped
public class McpConnections {

    private final StoredConnections stored;
    private final DailyTest dailyTest;
    private final Unsealing unsealing;
    private final ServerForms forms;

    McpConnections(StoredConnections stored, DailyTest dailyTest, Unsealing unsealing, ServerForms forms) {
        this.stored = stored;
        this.dailyTest = dailyTest;
        this.unsealing = unsealing;
        this.forms = forms;
    }

    /**
     * For use. Fails with 404 when it is not the user's, with 409 when it is no MCP connection or not active. A
     * connection that was not tested for a day is tested first.
     */
    public Uni<McpConnection> open(UUID user, UUID id) {
        return load(user, id)
                .invoke(connection -> require(connection.isActive(), connection))
                .chain(connection -> dailyTest.settle(user, connection))
                .invoke(connection -> require(connection.isActive(), connection))
                .chain(connection -> unseal(user, connection));
    }

    /** For a test, which may find that an invalid or expired connection works again; only a revoked one is refused. */
    public Uni<McpConnection> openForTest(UUID user, UUID id) {
        return load(user, id)
                .invoke(connection -> require(!connection.isRevoked(), connection))
                .chain(connection -> unseal(user, connection));
    }

    private Uni<StoredConnection> load(UUID user, UUID id) {
        return stored.load(user, id).invoke(McpConnections::requireMcp);
    }

    private static void requireMcp(StoredConnection connection) {
        if (!connection.isMcp()) {
            throw new ProblemException(
                    NOT_AN_MCP_CONNECTION,
                    "The connection's method is " + connection.method() + ". Tools need a connection of method mcp.");
        }
    }

    private static void require(boolean usable, StoredConnection connection) {
        if (!usable) {
            var why = connection.statusReason() == null ? "" : " (" + connection.statusReason() + ")";
            throw new ProblemException(
                    CONNECTION_NOT_ACTIVE,
                    "The connection is " + connection.status() + why + ". Test it or reconnect it to use it again.");
        }
    }

    private Uni<McpConnection> unseal(UUID user, StoredConnection connection) {
        return unsealing
                .open(user, connection.id(), connection.envelope())
                .map(data -> new McpConnection(
                        new SessionKey(user, connection.id(), connection.credentialGeneration()),
                        server(data),
                        connection.toolPolicy()));
    }

    private McpServer server(byte[] data) {
        try {
            return forms.read(McpJson.read(data, ServerForm.class));
        } catch (InvalidServer invalid) {
            throw new ProblemException(
                            CONNECTION_NOT_USABLE,
                            "The connection's stored settings cannot be used; see violations. Update the connection.")
                    .with(invalid.violations());
        } catch (MalformedMessage malformed) {
            throw new ProblemException(
                    CONNECTION_NOT_USABLE, "The connection's stored settings cannot be read. Reconnect it.");
        } finally {
            // Best effort: the strings read from it live until they are collected.
            Arrays.fill(data, (byte) 0);
        }
    }
}
