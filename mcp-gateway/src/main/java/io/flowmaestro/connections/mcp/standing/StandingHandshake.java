package io.flowmaestro.connections.mcp.standing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.core.Call;
import io.flowmaestro.connections.mcp.core.ClientIdentity;
import io.flowmaestro.connections.mcp.core.Conversation;
import io.flowmaestro.connections.mcp.core.McpFailure;
import io.flowmaestro.connections.mcp.core.Reason;
import io.flowmaestro.connections.mcp.core.Turn;
import io.flowmaestro.connections.mcp.core.Upstream;
import io.flowmaestro.connections.mcp.jsonrpc.Outgoing;
import io.flowmaestro.connections.mcp.session.Initialize;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicLong;

/** The handshake over a connection that stands already. One that fails in it is let go of. */
@ApplicationScoped
class StandingHandshake {

    private final ClientIdentity identity;

    StandingHandshake(ClientIdentity identity) {
        this.identity = identity;
    }

    Uni<Conversation> over(Line line, Inbox inbox, Upstream upstream, String version, ObjectNode capabilities) {
        var lastId = new AtomicLong(1);
        var initialize = Call.of("initialize", Initialize.params(version, capabilities, identity));
        return StandingConversation.exchange(line, inbox, upstream, new Turn(lastId.get(), initialize))
                .map(Initialize::facts)
                .call(() -> line.send(upstream, Outgoing.notification(Initialize.DONE))
                        .ifNoItem()
                        .after(upstream.deadline().remaining())
                        .failWith(() -> new McpFailure(new Reason.TimedOut())))
                .<Conversation>map(facts -> new StandingConversation(line, inbox, facts, lastId))
                .onFailure()
                .invoke(line::drop)
                .onCancellation()
                .invoke(line::drop);
    }
}
