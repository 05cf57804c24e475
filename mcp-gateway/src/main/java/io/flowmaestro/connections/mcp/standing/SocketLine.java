package io.flowmaestro.connections.mcp.standing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.egress.EgressSocket;
import io.flowmaestro.connections.mcp.core.McpFailure;
import io.flowmaestro.connections.mcp.core.Reason;
import io.flowmaestro.connections.mcp.core.Upstream;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;

/** One WebSocket, one message per text frame. */
final class SocketLine implements Line {

    private final EgressSocket socket;

    SocketLine(EgressSocket socket) {
        this.socket = socket;
    }

    void read(Inbox inbox) {
        socket.read(
                message -> inbox.deliver(message, this),
                why -> inbox.end(
                        McpFailure.of(why) instanceof McpFailure known
                                ? known
                                : new McpFailure(new Reason.Unreachable("it ended the WebSocket"))));
    }

    @Override
    public Uni<Void> send(Upstream upstream, ObjectNode message) {
        return socket.send(new String(McpJson.write(message), StandardCharsets.UTF_8));
    }

    @Override
    public void drop() {
        socket.close();
    }
}
