package io.flowmaestro.connections.mcp.stateless;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.egress.EgressStream;
import io.flowmaestro.connections.mcp.core.Call;
import io.flowmaestro.connections.mcp.core.McpFailure;
import io.flowmaestro.connections.mcp.core.Upstream;
import io.flowmaestro.connections.mcp.http.Answers;
import io.flowmaestro.connections.mcp.http.HttpTransport;
import io.flowmaestro.connections.mcp.http.Meanwhile;
import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import io.flowmaestro.connections.mcp.jsonrpc.Outgoing;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;

/** One request to a server of which nothing is known yet. */
record Probe(HttpTransport http, Answers answers) implements Meanwhile {

    private static final long ID = 1;

    Uni<ObjectNode> ask(Upstream upstream, Call call) {
        return http.post(upstream, ModernRequest.headers(call), Outgoing.request(ID, call.method(), call.params()))
                .chain(stream -> ModernAnswer.require(stream, ID))
                .chain(stream -> answers.await(stream, ID, this))
                .onFailure()
                .transform(McpFailure::of);
    }

    @Override
    public void notified(Incoming.Notification notification) {}

    @Override
    public Uni<Void> asked(Incoming.Request request) {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Optional<Uni<EgressStream>> resume(String lastEventId, Duration pause) {
        return Optional.empty();
    }
}
