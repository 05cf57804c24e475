package io.flowmaestro.connections.mcp.standing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.core.Changes;
import io.flowmaestro.connections.mcp.core.McpFailure;
import io.flowmaestro.connections.mcp.core.Reason;
import io.flowmaestro.connections.mcp.core.Turn;
import io.flowmaestro.connections.mcp.core.Upstream;
import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import io.flowmaestro.connections.mcp.jsonrpc.MalformedMessage;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Who waits for what on a connection that stands. Holds credentials for as long as somebody waits, and no longer. */
final class Inbox {

    private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();
    private final List<MultiEmitter<? super Incoming.Notification>> watching = new CopyOnWriteArrayList<>();
    private final Changes changes = new Changes();
    private volatile @Nullable McpFailure end;

    private record Waiting(Turn turn, Upstream upstream, UniEmitter<? super ObjectNode> emitter) {}

    Changes changes() {
        return changes;
    }

    boolean isOpen() {
        return end == null;
    }

    /** All that is told from now on, until the connection is over. */
    Multi<Incoming.Notification> told() {
        return Multi.createFrom().emitter(emitter -> {
            watching.add(emitter);
            emitter.onTermination(() -> watching.remove(emitter));
            var over = end;
            if (over != null) {
                emitter.fail(over);
            }
        });
    }

    /** The result for a turn, from now on until nobody wants it any more. */
    Uni<ObjectNode> expect(Turn turn, Upstream upstream) {
        return Uni.createFrom().emitter(emitter -> {
            waiting.put(turn.id(), new Waiting(turn, upstream, emitter));
            emitter.onTermination(() -> waiting.remove(turn.id()));
            var over = end;
            if (over != null) {
                emitter.fail(over);
            }
        });
    }

    /** Takes one message, or a batch. A server that sends anything else has spoiled the connection. */
    void deliver(byte[] json, Line line) {
        try {
            Incoming.read(json).forEach(message -> deliver(message, line));
        } catch (MalformedMessage malformed) {
            end(McpFailure.protocol(malformed.what()));
            line.drop();
        }
    }

    private void deliver(Incoming message, Line line) {
        switch (message) {
            case Incoming.Result(JsonNode id, ObjectNode result) ->
                waitingFor(message, id).ifPresent(one -> one.emitter().complete(result));
            case Incoming.Failure(JsonNode id, long code, ObjectNode error) ->
                waitingFor(message, id)
                        .ifPresent(one -> one.emitter().fail(new McpFailure(new Reason.Rejected(code, error))));
            case Incoming.Notification notification -> notified(notification);
            case Incoming.Request request -> asked(request, line);
        }
    }

    /** A second answer to the same request finds nobody. */
    private Optional<Waiting> waitingFor(Incoming message, JsonNode id) {
        return Optional.ofNullable(waiting.get(id.longValue()))
                .filter(one -> message.answers(one.turn().id()));
    }

    private void notified(Incoming.Notification notification) {
        changes.notified(notification);
        waiting.values().forEach(one -> one.turn().notified(notification));
        watching.forEach(one -> one.emit(notification));
    }

    /**
     * On such a connection a server does not say for which request it asks. The newest one is the best guess; with none
     * under way there is nobody to ask, and no credential to answer with.
     */
    private void asked(Incoming.Request request, Line line) {
        waiting.values().stream()
                .max(Comparator.comparingLong(one -> one.turn().id()))
                .ifPresent(one -> reply(one, request, line));
    }

    private static void reply(Waiting one, Incoming.Request request, Line line) {
        var _ = one.turn()
                .asked(request)
                .chain(reply -> line.send(one.upstream(), reply))
                .onFailure()
                .recoverWithNull()
                .subscribeAsCompletionStage();
    }

    /** The connection is over, for all who wait on it and all who come later. */
    void end(McpFailure why) {
        end = why;
        waiting.values().forEach(one -> one.emitter().fail(why));
        watching.forEach(one -> one.fail(why));
    }
}
