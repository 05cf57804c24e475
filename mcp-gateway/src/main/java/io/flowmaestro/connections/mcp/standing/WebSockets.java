package io.flowmaestro.connections.mcp.standing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.egress.EgressClient;
import io.flowmaestro.connections.egress.EgressRequest;
import io.flowmaestro.connections.egress.EgressSocket;
import io.flowmaestro.connections.egress.EgressUpgradeRefused;
import io.flowmaestro.connections.mcp.core.ClientSettings;
import io.flowmaestro.connections.mcp.core.Conversation;
import io.flowmaestro.connections.mcp.core.McpFailure;
import io.flowmaestro.connections.mcp.core.Upstream;
import io.flowmaestro.connections.mcp.http.Statuses;
import io.flowmaestro.connections.mcp.session.Revisions;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;

/** Opens conversations over WebSockets: no transport of the specification, and what bridges speak, with sub-protocol mcp. */
@ApplicationScoped
public class WebSockets {

    private static final String PROTOCOL = "mcp";

    private final EgressClient egress;
    private final StandingHandshake handshake;
    private final ClientSettings settings;

    WebSockets(EgressClient egress, StandingHandshake handshake, ClientSettings settings) {
        this.egress = egress;
        this.handshake = handshake;
        this.settings = settings;
    }

    public Uni<Conversation> open(Upstream upstream, ObjectNode capabilities) {
        return Uni.createFrom()
                .item(() -> request(upstream))
                .chain(request -> egress.socket(request, PROTOCOL))
                .chain(socket -> converse(socket, upstream, capabilities))
                .onFailure(EgressUpgradeRefused.class)
                .transform(refused -> new McpFailure(Statuses.reason(refused.status(), false)))
                .onFailure()
                .transform(McpFailure::of);
    }

    private EgressRequest request(Upstream upstream) {
        return EgressRequest.of(HttpMethod.GET, upstream.server().url())
                .withHeaders(upstream.server().headers())
                .withTimeout(upstream.deadline().remaining())
                .withIdleTimeout(settings.sessionIdle())
                .withMaxBody(settings.largestAnswer())
                .withOwner(upstream.server().user());
    }

    private Uni<Conversation> converse(EgressSocket socket, Upstream upstream, ObjectNode capabilities) {
        var inbox = new Inbox();
        var line = new SocketLine(socket);
        line.read(inbox);
        return handshake.over(line, inbox, upstream, Revisions.PROPOSED, capabilities);
    }
}
