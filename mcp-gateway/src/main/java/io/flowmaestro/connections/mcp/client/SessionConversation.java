package io.flowmaestro.connections.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.egress.EgressStream;
import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import io.flowmaestro.connections.mcp.jsonrpc.Outgoing;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.atomic.AtomicLong;

/** A conversation of the revisions 2025-03-26 to 2025-11-25: after initialize, in a session if the server keeps one. */
final class SessionConversation implements Conversation {

    private final StreamableHttp http;
    private final Answers answers;
    private final SessionHeaders session;
    private final ServerFacts facts;
    private final AtomicLong lastId;

    SessionConversation(StreamableHttp http, Answers answers, SessionHeaders session, ServerFacts facts, long firstId) {
        this.http = http;
        this.answers = answers;
        this.session = session;
        this.facts = facts;
        this.lastId = new AtomicLong(firstId);
    }

    @Override
    public ServerFacts facts() {
        return facts;
    }

    @Override
    public Uni<ObjectNode> request(Upstream upstream, String method, ObjectNode params) {
        long id = lastId.incrementAndGet();
        return http.post(upstream, session, Outgoing.request(id, method, params))
                .chain(stream -> Statuses.require(stream, session, id))
                .chain(stream -> answers.await(stream, id, asked -> reply(upstream, asked)))
                .onFailure()
                .transform(McpFailure::of);
    }

    /** Best effort: what the server does with our reply is its own business. */
    private Uni<Void> reply(Upstream upstream, Incoming.Request asked) {
        return http.post(upstream, session, Outgoing.reply(asked.id(), asked.method()))
                .invoke(EgressStream::close)
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull();
    }

    /** The server acknowledges a notification with any success. */
    Uni<Void> tell(Upstream upstream, String notification) {
        return http.post(upstream, session, Outgoing.notification(notification))
                .chain(stream -> Statuses.require(stream, session, -1))
                .invoke(EgressStream::close)
                .replaceWithVoid()
                .onFailure()
                .transform(McpFailure::of);
    }

    @Override
    public Uni<Void> close(Upstream upstream) {
        return session.inSession()
                ? http.delete(upstream, session)
                : Uni.createFrom().voidItem();
    }
}
