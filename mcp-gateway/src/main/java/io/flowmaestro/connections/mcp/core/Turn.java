package io.flowmaestro.connections.mcp.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.flowmaestro.connections.mcp.jsonrpc.Outgoing;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A call under the id it has in its conversation. Progress is asked for under that id as well: two callers who chose the
 * same token would hear each other's.
 */
public final class Turn {

    /** A server that asks for more than this during one call is refused from then on. */
    private static final int MOST_QUESTIONS = 16;

    private static final String META = "_meta";
    private static final String TOKEN = "progressToken";

    private final long id;
    private final Call call;
    private final AtomicInteger questions = new AtomicInteger();

    public Turn(long id, Call call) {
        this.id = id;
        this.call = call;
    }

    public long id() {
        return id;
    }

    public Call call() {
        return call;
    }

    /** The caller's, with the id as the progress token if the caller gave one. */
    public ObjectNode params() {
        if (token() == null) {
            return call.params();
        }
        var params = call.params().deepCopy();
        params.withObjectProperty(META).put(TOKEN, id);
        return params;
    }

    public ObjectNode message() {
        return Outgoing.request(id, call.method(), params());
    }

    /** Passes on what the server tells; progress only when it is this call's, and under the caller's own token. */
    public void notified(Incoming.Notification notification) {
        var token = token();
        if (!notification.method().equals("notifications/progress")) {
            call.listener().notified(notification.method(), notification.params());
        } else if (token != null && isProgress(notification)) {
            var params = notification.params().deepCopy();
            params.set(TOKEN, token);
            call.listener().notified(notification.method(), params);
        }
    }

    public boolean isProgress(Incoming.Notification notification) {
        var token = notification.params().path(TOKEN);
        return token.canConvertToLong() && token.isIntegralNumber() && token.longValue() == id;
    }

    /** Tells the server that nobody waits any more. */
    public ObjectNode cancellation() {
        var params = McpJson.object().put("requestId", id).put("reason", "The caller no longer waits.");
        return Outgoing.notification("notifications/cancelled", params);
    }

    /** The message that the server gets for its question. Never fails. */
    public Uni<ObjectNode> asked(Incoming.Request request) {
        return asked(request.method(), request.params()).map(reply -> switch (reply) {
            case Reply.Answered(ObjectNode result) -> Outgoing.result(request.id(), result);
            case Reply.Refused(int code, String message) -> Outgoing.error(request.id(), code, message);
        });
    }

    /** What the server gets for its question. Never fails. */
    public Uni<Reply> asked(String method, ObjectNode params) {
        if (questions.incrementAndGet() > MOST_QUESTIONS) {
            return Uni.createFrom().item(Reply.refused());
        }
        if (method.equals("ping")) {
            return Uni.createFrom().item(Reply.alive());
        }
        return Uni.createFrom()
                .deferred(() -> call.listener().asked(method, params))
                .onFailure()
                .recoverWithItem(_ -> Reply.broken());
    }

    private @Nullable JsonNode token() {
        return call.params().path(META).get(TOKEN);
    }
}
