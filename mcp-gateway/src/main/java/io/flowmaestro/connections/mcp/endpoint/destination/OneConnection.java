package io.flowmaestro.connections.mcp.endpoint.destination;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.mcp.client.AwayServers;
import io.flowmaestro.connections.mcp.client.InSession;
import io.flowmaestro.connections.mcp.client.McpClient;
import io.flowmaestro.connections.mcp.client.ServerError;
import io.flowmaestro.connections.mcp.connection.McpConnection;
import io.flowmaestro.connections.mcp.connection.McpConnections;
import io.flowmaestro.connections.mcp.core.Call;
import io.flowmaestro.connections.mcp.core.Listener;
import io.flowmaestro.connections.mcp.core.ServerFacts;
import io.flowmaestro.connections.mcp.core.Wanted;
import io.flowmaestro.connections.mcp.endpoint.exchange.Methods;
import io.flowmaestro.connections.mcp.endpoint.message.Revision;
import io.flowmaestro.connections.mcp.endpoint.message.RpcError;
import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.flowmaestro.connections.mcp.tool.ToolCalls;
import io.flowmaestro.connections.mcp.tool.ToolPages;
import io.flowmaestro.connections.mcp.watch.Watches;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the caller, its names as they are. The connection is loaded for each request anew.
 *
 * @param patience how long a list may take of a server that is there
 */
record OneConnection(
        McpConnections connections,
        McpClient client,
        ToolCalls tools,
        ToolPages toolPages,
        Watches watches,
        AwayServers away,
        Duration patience,
        Caller caller,
        UUID connection)
        implements Target {

    @Override
    public Uni<ServerFacts> facts(Listener listener) {
        return open().chain(open -> client.facts(open.session(), open.server(), listener));
    }

    @Override
    public Multi<Incoming.Notification> changes(Wanted wanted) {
        return watches.of(caller.subject(), connection, wanted);
    }

    /** Tool calls go the way of all tool calls: checked, and reported. */
    @Override
    public Uni<ObjectNode> request(Call call) {
        if (call.method().equals("tools/call")) {
            return tools.relay(caller, connection, call);
        }
        return Methods.LEGACY.contains(call.method())
                ? open().chain(open -> subscription(open, call))
                : open().chain(open -> Kind.listedBy(call.method())
                        .map(_ -> away.observed(connection, patience, () -> request(open, call)))
                        .orElseGet(() -> request(open, call)));
    }

    private Uni<ObjectNode> request(McpConnection open, Call call) {
        return call.method().equals(Kind.TOOL.method())
                ? toolPages.read(open, call)
                : client.request(open.session(), open.server(), call);
    }

    /**
     * Goes the way of what is listened to, whoever asks: that is the session whose stream the updates come on. A server of
     * 2026-07-28 is told with the stream itself.
     */
    private Uni<ObjectNode> subscription(McpConnection open, Call call) {
        return client.facts(open.session(), open.server(), Listener.NONE).chain(facts -> {
            if (!facts.protocolVersion().equals(Revision.MODERN)) {
                return call.method().equals(Methods.SUBSCRIBE) ? subscribe(open, call) : unsubscribe(open, call);
            }
            return facts.tellsUpdates()
                    ? Uni.createFrom().item(McpJson.object())
                    : Uni.createFrom()
                            .failure(RpcError.of(
                                    200, RpcError.METHOD_NOT_FOUND, "The server tells of no updates of resources."));
        });
    }

    private Uni<ObjectNode> subscribe(McpConnection open, Call call) {
        return client.subscription(open.session(), open.server(), call)
                .invoke(done -> watches.subscribed(watched(), done.session(), uri(call)))
                .map(InSession::result);
    }

    /** The session is that of all of the user's clients on this replica: as long as one of them listens, the server goes on. */
    private Uni<ObjectNode> unsubscribe(McpConnection open, Call call) {
        return watches.isWanted(watched(), uri(call))
                ? Uni.createFrom().item(McpJson.object())
                : client.subscription(open.session(), open.server(), call)
                        .onTermination()
                        .invoke((_, failure, _) -> unsubscribed(failure, uri(call)))
                        .map(InSession::result);
    }

    /** A server that refuses goes on as before. */
    private void unsubscribed(@Nullable Throwable failure, String uri) {
        if (!(failure instanceof ServerError)) {
            watches.unsubscribed(watched(), uri);
        }
    }

    private static String uri(Call call) {
        return call.params().path("uri").asText();
    }

    private Watches.Watched watched() {
        return new Watches.Watched(caller.subject(), connection);
    }

    private Uni<McpConnection> open() {
        return connections.open(caller.subject(), connection);
    }
}
