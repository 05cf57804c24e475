package io.flowmaestro.connections.mcp.stateless;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.core.Call;
import io.flowmaestro.connections.mcp.core.ClientIdentity;
import io.flowmaestro.connections.mcp.core.Interest;
import io.flowmaestro.connections.mcp.core.McpFailure;
import io.flowmaestro.connections.mcp.core.Reason;
import io.flowmaestro.connections.mcp.core.Upstream;
import io.flowmaestro.connections.mcp.http.Answers;
import io.flowmaestro.connections.mcp.http.HttpTransport;
import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.flowmaestro.connections.mcp.jsonrpc.Outgoing;
import io.smallrye.mutiny.Multi;

/** The request whose answer is what the server tells from now on (2026-07-28, {@code subscriptions/listen}). */
record Listening(HttpTransport http, Answers answers, ClientIdentity identity) {

    private static final String METHOD = "subscriptions/listen";
    private static final String ACKNOWLEDGED = "notifications/subscriptions/acknowledged";
    private static final String SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";
    private static final long METHOD_NOT_FOUND = -32601;

    Multi<Incoming.Notification> of(Upstream upstream, Interest interest, long id, Runnable opened) {
        var call = ModernRequest.described(Call.of(METHOD, params(interest)), identity);
        return http.standingPost(upstream, ModernRequest.headers(call), Outgoing.request(id, METHOD, call.params()))
                .chain(stream -> ModernAnswer.require(stream, id))
                .invoke(opened)
                .onItem()
                .transformToMulti(answers::messages)
                .onItem()
                .transformToMultiAndConcatenate(message -> told(message, id))
                .onFailure()
                .transform(Listening::sorted);
    }

    private static ObjectNode params(Interest interest) {
        var params = McpJson.object();
        var filter = params.putObject("notifications");
        filter.put("toolsListChanged", true).put("promptsListChanged", true).put("resourcesListChanged", true);
        if (!interest.uris().isEmpty()) {
            var uris = filter.putArray("resourceSubscriptions");
            interest.uris().stream().sorted().forEach(uris::add);
        }
        return params;
    }

    private static Multi<Incoming.Notification> told(Incoming message, long id) {
        return switch (message) {
            case Incoming.Notification notification
            when notification.method().equals(ACKNOWLEDGED) ->
                Multi.createFrom().empty();
            case Incoming.Notification notification -> Multi.createFrom().item(unmarked(notification));
            case Incoming.Failure failure
            when failure.answers(id) ->
                Multi.createFrom().failure(new McpFailure(new Reason.Rejected(failure.code(), failure.error())));
            // The result says that it is over, and so does the end of the stream after it.
            case Incoming.Failure _, Incoming.Result _, Incoming.Request _ ->
                Multi.createFrom().empty();
        };
    }

    /** The mark is of our own subscription, and means nothing to anybody else. */
    private static Incoming.Notification unmarked(Incoming.Notification notification) {
        var params = notification.params().deepCopy();
        if (params.get("_meta") instanceof ObjectNode meta) {
            meta.remove(SUBSCRIPTION);
            if (meta.isEmpty()) {
                params.remove("_meta");
            }
        }
        return new Incoming.Notification(notification.method(), params);
    }

    /** Servers need not know of it. */
    private static Throwable sorted(Throwable failure) {
        return ModernAnswer.rejected(failure, METHOD_NOT_FOUND) ? new McpFailure(new Reason.NothingTold()) : failure;
    }
}
