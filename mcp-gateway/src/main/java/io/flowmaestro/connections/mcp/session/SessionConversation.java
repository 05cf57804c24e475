package io.flowmaestro.connections.mcp.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.egress.EgressStream;
import io.flowmaestro.connections.mcp.core.Call;
import io.flowmaestro.connections.mcp.core.Changes;
import io.flowmaestro.connections.mcp.core.Conversation;
import io.flowmaestro.connections.mcp.core.Interest;
import io.flowmaestro.connections.mcp.core.McpFailure;
import io.flowmaestro.connections.mcp.core.Reason;
import io.flowmaestro.connections.mcp.core.ServerFacts;
import io.flowmaestro.connections.mcp.core.Turn;
import io.flowmaestro.connections.mcp.core.Upstream;
import io.flowmaestro.connections.mcp.http.Answers;
import io.flowmaestro.connections.mcp.http.HttpTransport;
import io.flowmaestro.connections.mcp.http.Statuses;
import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A conversation of the revisions 2025-03-26 to 2025-11-25: after initialize, in a session if the server keeps one. */
final class SessionConversation implements Conversation {

    /** How long a caller whose time is over waits for the server to hear of it. */
    private static final Duration PARTING = Duration.ofMillis(200);

    private final HttpTransport http;
    private final Answers answers;
    private final SessionHeaders session;
    private final ServerFacts facts;
    private final Changes changes = new Changes();
    private final AskedAside aside;
    private final AtomicLong lastId;

    SessionConversation(HttpTransport http, Answers answers, SessionHeaders session, ServerFacts facts, long firstId) {
        this.http = http;
        this.answers = answers;
        this.session = session;
        this.facts = facts;
        this.aside = new AskedAside(http, answers, session, changes);
        this.lastId = new AtomicLong(firstId);
    }

    @Override
    public ServerFacts facts() {
        return facts;
    }

    @Override
    public long toolsTold() {
        return changes.told();
    }

    @Override
    public long toolsChanged() {
        return changes.tools();
    }

    @Override
    public Uni<ObjectNode> request(Upstream upstream, Call call) {
        var turn = new Turn(lastId.incrementAndGet(), OwnMeta.of(call));
        return aside.during(turn, upstream, () -> request(upstream, turn));
    }

    private Uni<ObjectNode> request(Upstream upstream, Turn turn) {
        var meanwhile = new SessionMeanwhile(http, session, changes, upstream, turn);
        return http.post(upstream, session.headers(), turn.message())
                .chain(stream -> Statuses.require(stream, session.inSession(), turn.id()))
                .chain(stream -> answers.await(stream, turn.id(), meanwhile))
                .onFailure()
                .transform(McpFailure::of)
                .onFailure(failure -> McpFailure.is(failure, Reason.TimedOut.class))
                .call(() -> briefly(cancel(upstream, turn)))
                .onCancellation()
                .call(() -> cancel(upstream, turn));
    }

    @Override
    public Multi<Incoming.Notification> changes(Upstream upstream, Interest interest, Runnable opened) {
        return new SessionChanges(http, answers, session)
                .of(upstream, Subscriptions.of(this, upstream, interest), opened)
                .invoke(changes::notified);
    }

    private Uni<Void> cancel(Upstream upstream, Turn turn) {
        return http.tell(upstream, session.headers(), turn.cancellation());
    }

    private static Uni<Void> briefly(Uni<Void> word) {
        return word.ifNoItem().after(PARTING).recoverWithUni(Uni.createFrom().voidItem());
    }

    /** The server acknowledges a notification with any success. */
    Uni<Void> tell(Upstream upstream, ObjectNode notification) {
        return http.post(upstream, session.headers(), notification)
                .chain(stream -> Statuses.require(stream, session.inSession(), -1))
                .invoke(EgressStream::close)
                .replaceWithVoid()
                .onFailure()
                .transform(McpFailure::of);
    }

    @Override
    public boolean isKeptByServer() {
        return session.inSession();
    }

    @Override
    public void drop() {
        aside.drop();
    }

    @Override
    public Uni<Void> close(Upstream upstream) {
        aside.drop();
        return session.inSession()
                ? http.delete(upstream, session.headers())
                : Uni.createFrom().voidItem();
    }
}
