package io.flowmaestro.connections.mcp.standing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.flight.CallerContext;
import io.flowmaestro.connections.flight.Detached;
import io.flowmaestro.connections.mcp.core.Call;
import io.flowmaestro.connections.mcp.core.Conversation;
import io.flowmaestro.connections.mcp.core.Interest;
import io.flowmaestro.connections.mcp.core.McpFailure;
import io.flowmaestro.connections.mcp.core.Reason;
import io.flowmaestro.connections.mcp.core.ServerFacts;
import io.flowmaestro.connections.mcp.core.Turn;
import io.flowmaestro.connections.mcp.core.Upstream;
import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import io.flowmaestro.connections.mcp.session.OwnMeta;
import io.flowmaestro.connections.mcp.session.Subscriptions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A conversation over a connection that stands. When that breaks, what is under way fails, and is never repeated. */
final class StandingConversation implements Conversation {

    private static final Duration PARTING = Duration.ofMillis(200);

    private final Line line;
    private final Inbox inbox;
    private final ServerFacts facts;
    private final AtomicLong lastId;

    StandingConversation(Line line, Inbox inbox, ServerFacts facts, AtomicLong lastId) {
        this.line = line;
        this.inbox = inbox;
        this.facts = facts;
        this.lastId = lastId;
    }

    @Override
    public ServerFacts facts() {
        return facts;
    }

    @Override
    public long toolsTold() {
        return inbox.changes().told();
    }

    @Override
    public long toolsChanged() {
        return inbox.changes().tools();
    }

    @Override
    public boolean usable() {
        return inbox.isOpen();
    }

    @Override
    public Uni<ObjectNode> request(Upstream upstream, Call call) {
        return Uni.createFrom().deferred(() -> {
            if (!inbox.isOpen()) {
                return Uni.createFrom().failure(new McpFailure(new Reason.SessionLost()));
            }
            var turn = new Turn(lastId.incrementAndGet(), OwnMeta.of(call));
            return exchange(line, inbox, upstream, turn)
                    .onFailure(failure -> McpFailure.is(failure, Reason.TimedOut.class))
                    .call(() -> cancel(upstream, turn))
                    .onCancellation()
                    .call(() -> cancel(upstream, turn));
        });
    }

    /**
     * Waits for the answer first and sends then: it may come before the request is acknowledged. The acknowledgement is
     * let come all the same, as dropping its connection could break the request that gets it from the pool next.
     */
    static Uni<ObjectNode> exchange(Line line, Inbox inbox, Upstream upstream, Turn turn) {
        var answer = inbox.expect(turn, upstream).toMulti();
        Multi<ObjectNode> sent = Uni.createFrom()
                .deferred(() -> Detached.call(line.send(upstream, turn.message())))
                .onItem()
                .transformToMulti(_ -> Multi.createFrom().empty());
        return Multi.createBy()
                .merging()
                .streams(answer, sent)
                .toUni()
                .ifNoItem()
                .after(upstream.deadline().remaining())
                .failWith(() -> new McpFailure(new Reason.TimedOut()))
                .emitOn(CallerContext.current())
                .onFailure()
                .transform(McpFailure::of);
    }

    @Override
    public Multi<Incoming.Notification> changes(Upstream upstream, Interest interest, Runnable opened) {
        return Subscriptions.of(this, upstream, interest)
                .invoke(opened)
                .onItem()
                .transformToMulti(_ -> inbox.told());
    }

    private Uni<Void> cancel(Upstream upstream, Turn turn) {
        return Detached.call(
                        line.send(upstream, turn.cancellation()).onFailure().recoverWithNull())
                .ifNoItem()
                .after(PARTING)
                .recoverWithUni(Uni.createFrom().voidItem());
    }

    /** These eras know no farewell: that the connection ends says it. */
    @Override
    public Uni<Void> close(Upstream upstream) {
        return Uni.createFrom().voidItem().invoke(this::drop);
    }

    @Override
    public void drop() {
        inbox.end(new McpFailure(new Reason.Unreachable("the connection was closed")));
        line.drop();
    }
}
