package io.flowmaestro.connections.mcp.connection;

import static io.flowmaestro.connections.mcp.problem.McpProblem.CONNECTION_NOT_ACTIVE;
import static io.flowmaestro.connections.mcp.problem.McpProblem.CONNECTION_NOT_USABLE;
import static io.flowmaestro.connections.mcp.problem.McpProblem.NOT_AN_MCP_CONNECTION;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.changes.ConnectionMemories;
import io.flowmaestro.connections.changes.ConnectionMemory;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.mcp.client.SessionKey;
import io.flowmaestro.connections.mcp.jsonrpc.MalformedMessage;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.flowmaestro.connections.mcp.upstream.InvalidServer;
import io.flowmaestro.connections.mcp.upstream.McpServer;
import io.flowmaestro.connections.mcp.upstream.ServerForm;
import io.flowmaestro.connections.mcp.upstream.ServerForms;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Arrays;
import java.util.UUID;

/** Gives a user's MCP connection, opened. */
@Startup
@Singleton
public class McpConnections {

    private final StoredConnections stored;
    private final DailyTest dailyTest;
    private final Unsealing unsealing;
    private final ServerForms forms;
    private final OAuthServers oauth;
    private final Clock clock;
    private final ConnectionMemory<McpConnection> remembered;

    McpConnections(
            StoredConnections stored,
            DailyTest dailyTest,
            Unsealing unsealing,
            ServerForms forms,
            OAuthServers oauth,
            Clock clock,
            ConnectionMemories memories) {
        this.stored = stored;
        this.dailyTest = dailyTest;
        this.unsealing = unsealing;
        this.forms = forms;
        this.oauth = oauth;
        this.clock = clock;
        this.remembered = memories.named("mcp-connections");
    }

    /**
     * For use. Fails with 404 when it is not the user's, with 409 when it is no MCP connection or not active. A
     * connection that was not tested for a day is tested first. One that was opened in the last seconds and has not changed
     * is given again.
     */
    public Uni<McpConnection> open(UUID user, UUID id) {
        return remembered
                .find(user, id)
                .filter(connection -> clock.instant().isBefore(connection.usableUntil()))
                .map(Uni.createFrom()::item)
                .orElseGet(() -> remembered.read(user, id, () -> read(user, id)));
    }

    private Uni<McpConnection> read(UUID user, UUID id) {
        return load(user, id)
                .invoke(connection -> require(connection.isActive(), connection))
                .chain(connection -> dailyTest.settle(user, connection))
                .invoke(connection -> require(connection.isActive(), connection))
                .chain(connection -> unseal(user, connection));
    }

    /**
     * The generation of its credential now, for those who hold on to what was opened before. Fails as {@link #open} does; opens
     * nothing, and tests nothing.
     */
    public Uni<Long> generation(UUID user, UUID id) {
        return load(user, id)
                .invoke(connection -> require(connection.isActive(), connection))
                .map(StoredConnection::credentialGeneration);
    }

    /** For a test, which may find that an invalid or expired connection works again; only a revoked one is refused. */
    public Uni<McpConnection> openForTest(UUID user, UUID id) {
        return load(user, id)
                .invoke(connection -> require(!connection.isRevoked(), connection))
                .chain(connection -> unseal(user, connection));
    }

    /**
     * Whose sessions may go on: those of the credential that the connection has now. Fails with 404 or 409 when it has none
     * that may be used. Renews nothing, and tests nothing.
     */
    public Uni<SessionKey> session(UUID user, UUID id) {
        return load(user, id)
                .invoke(connection -> require(!connection.isRevoked(), connection))
                .chain(connection -> unsealing
                        .open(user, id, connection.envelope())
                        .map(McpConnections::form)
                        .map(form -> key(user, connection, form)));
    }

    /**
     * The server as it was sealed then, whatever has become of the connection: to end a session there, and for nothing
     * else. Renews nothing.
     */
    public Uni<McpServer> former(SessionKey session, JsonNode envelope) {
        return unsealing
                .open(session.user(), session.connection(), envelope)
                .map(McpConnections::form)
                .map(form -> forms.read(form.isOAuth() ? form.with(form.token(0)) : form)
                        .calledFor(session.user()));
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
            // No test brings back what was revoked.
            var way = connection.isRevoked() ? "Reconnect it" : "Test it or reconnect it";
            throw new ProblemException(
                    CONNECTION_NOT_ACTIVE,
                    "The connection is " + connection.status() + why + ". " + way + " to use it again.");
        }
    }

    private Uni<McpConnection> unseal(UUID user, StoredConnection connection) {
        return unsealing
                .open(user, connection.id(), connection.envelope())
                .map(McpConnections::form)
                .chain(form -> server(user, connection, form)
                        .map(server -> new McpConnection(
                                key(user, connection, form),
                                server.openedFrom(connection.envelope()).calledFor(user),
                                connection.toolPolicy(),
                                OAuthServers.usableUntil(form))));
    }

    private static SessionKey key(UUID user, StoredConnection connection, ServerForm form) {
        return new SessionKey(user, connection.id(), identity(form, connection));
    }

    /** A token that was renewed is still the same credential, so it may go on in the session of the one before. */
    private static long identity(ServerForm form, StoredConnection connection) {
        return form.isOAuth() && form.grantedAt() != null ? form.grantedAt() : connection.credentialGeneration();
    }

    private Uni<McpServer> server(UUID user, StoredConnection connection, ServerForm form) {
        return Uni.createFrom()
                .deferred(() -> form.isOAuth()
                        ? oauth.of(user, connection.id(), connection.credentialGeneration(), form)
                        : Uni.createFrom().item(forms.read(form)))
                .onFailure(InvalidServer.class)
                .transform(McpConnections::unusable);
    }

    private static ProblemException unusable(Throwable invalid) {
        return new ProblemException(
                        CONNECTION_NOT_USABLE,
                        "The connection's stored settings cannot be used; see violations. Update the connection.")
                .with(((InvalidServer) invalid).violations());
    }

    private static ServerForm form(byte[] data) {
        try {
            return McpJson.read(data, ServerForm.class);
        } catch (MalformedMessage malformed) {
            throw new ProblemException(
                    CONNECTION_NOT_USABLE, "The connection's stored settings cannot be read. Reconnect it.");
        } finally {
            // Best effort: the strings read from it live until they are collected.
            Arrays.fill(data, (byte) 0);
        }
    }
}
