package io.flowmaestro.connections.mcp.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.egress.EgressStream;
import io.flowmaestro.connections.mcp.core.McpFailure;
import io.flowmaestro.connections.mcp.core.Reason;
import io.flowmaestro.connections.mcp.core.Upstream;
import io.flowmaestro.connections.mcp.http.Answers;
import io.flowmaestro.connections.mcp.http.HttpTransport;
import io.flowmaestro.connections.mcp.http.Statuses;
import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.flowmaestro.connections.mcp.jsonrpc.Outgoing;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Locale;

/** The event stream on which a session's server may speak without being asked (2025-11-25, "Listening for Messages"). */
record SessionChanges(HttpTransport http, Answers answers, SessionHeaders session) {

    private static final int NOT_ALLOWED = 405;

    Multi<Incoming.Notification> of(Upstream upstream, Uni<Void> subscriptions, Runnable opened) {
        return subscriptions
                .chain(() -> http.standingChanges(upstream, session.headers()))
                .invoke(this::require)
                .invoke(opened)
                .onItem()
                .transformToMulti(answers::messages)
                .onItem()
                .transformToMultiAndMerge(message -> told(upstream, message))
                .onFailure()
                .transform(McpFailure::of);
    }

    private void require(EgressStream stream) {
        var type = stream.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (stream.status() != 200 || !type.startsWith("text/event-stream")) {
            stream.close();
            throw new McpFailure(
                    stream.status() / 100 == 2 || stream.status() == NOT_ALLOWED
                            ? new Reason.NothingTold()
                            : Statuses.reason(stream, session.inSession()));
        }
    }

    private Multi<Incoming.Notification> told(Upstream upstream, Incoming message) {
        return switch (message) {
            case Incoming.Notification notification -> Multi.createFrom().item(notification);
            case Incoming.Request request ->
                http.tell(upstream, session.headers(), reply(request))
                        .onItem()
                        .transformToMulti(_ -> Multi.createFrom().empty());
            case Incoming.Result _, Incoming.Failure _ -> Multi.createFrom().empty();
        };
    }

    /** That we live is all that can be asked while there is no call. */
    private static ObjectNode reply(Incoming.Request request) {
        return request.method().equals("ping")
                ? Outgoing.result(request.id(), McpJson.object())
                : Outgoing.error(request.id(), -32601, "Method not supported");
    }
}
