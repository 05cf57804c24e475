package io.flowmaestro.connections.mcp.stateless;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.egress.EgressStream;
import io.flowmaestro.connections.mcp.core.Call;
import io.flowmaestro.connections.mcp.core.Changes;
import io.flowmaestro.connections.mcp.core.ClientIdentity;
import io.flowmaestro.connections.mcp.core.Conversation;
import io.flowmaestro.connections.mcp.core.Interest;
import io.flowmaestro.connections.mcp.core.McpFailure;
import io.flowmaestro.connections.mcp.core.Reason;
import io.flowmaestro.connections.mcp.core.ServerFacts;
import io.flowmaestro.connections.mcp.core.Turn;
import io.flowmaestro.connections.mcp.core.Upstream;
import io.flowmaestro.connections.mcp.http.Answers;
import io.flowmaestro.connections.mcp.http.HttpTransport;
import io.flowmaestro.connections.mcp.http.Meanwhile;
import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A conversation of the revision 2026-07-28. The server keeps nothing of it; here it holds what discovery said, and which
 * parameters go into headers. Whoever cancels closes the response, which is how this era tells the server.
 */
final class StatelessConversation implements Conversation {

    private final HttpTransport http;
    private final Answers answers;
    private final ClientIdentity identity;
    private final ServerFacts facts;
    private final ModernTools tools;
    private final int mostPages;
    private final Changes changes = new Changes();
    private final AtomicLong lastId = new AtomicLong();

    StatelessConversation(
            HttpTransport http,
            Answers answers,
            ClientIdentity identity,
            ServerFacts facts,
            ModernTools tools,
            int mostPages) {
        this.http = http;
        this.answers = answers;
        this.identity = identity;
        this.facts = facts;
        this.tools = tools;
        this.mostPages = mostPages;
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
        if (tools.hasExpired()) {
            changes.toolsExpired();
        }
        return changes.tools();
    }

    @Override
    public Uni<ObjectNode> request(Upstream upstream, Call call) {
        return round(upstream, call, 0);
    }

    private Uni<ObjectNode> round(Upstream upstream, Call call, int rounds) {
        return mirrored(upstream, call).chain(result -> {
            if (call.listener().relaysInput() || !InputRounds.asks(result)) {
                return Uni.createFrom().item(result);
            }
            if (rounds == InputRounds.MOST) {
                return Uni.createFrom().failure(McpFailure.protocol("it asks for input again and again"));
            }
            return InputRounds.next(upstream, call, result).chain(next -> round(upstream, next, rounds + 1));
        });
    }

    /**
     * A server that misses headers has refused the call before looking at it. Its tools' annotations may have changed, so
     * they are read again, and the call is made once more.
     */
    private Uni<ObjectNode> mirrored(Upstream upstream, Call call) {
        var sent = send(upstream, call);
        return call.method().equals("tools/call")
                ? sent.onFailure(failure -> ModernAnswer.rejected(failure, ModernAnswer.HEADER_MISMATCH))
                        .recoverWithUni(() -> readTools(upstream, "", 1).chain(() -> send(upstream, call)))
                : sent;
    }

    private Uni<Void> readTools(Upstream upstream, String cursor, int page) {
        var params = McpJson.object();
        if (!cursor.isEmpty()) {
            params.put("cursor", cursor);
        }
        return send(upstream, Call.of("tools/list", params)).chain(result -> {
            var next = result.path("nextCursor").asText("");
            return next.isEmpty() || page >= mostPages
                    ? Uni.createFrom().voidItem()
                    : readTools(upstream, next, page + 1);
        });
    }

    private Uni<ObjectNode> send(Upstream upstream, Call call) {
        return Uni.createFrom().deferred(() -> {
            var turn = new Turn(lastId.incrementAndGet(), ModernRequest.described(call, identity));
            return http.post(upstream, ModernRequest.headers(call, tools.headers(call)), turn.message())
                    .chain(stream -> ModernAnswer.require(stream, turn.id()))
                    .chain(stream -> answers.await(stream, turn.id(), new ModernMeanwhile(changes, turn)))
                    .map(result -> seen(call, result))
                    .onFailure()
                    .transform(StatelessConversation::sorted);
        });
    }

    private ObjectNode seen(Call call, ObjectNode result) {
        return call.method().equals("tools/list") ? tools.seen(result) : result;
    }

    /** Where this era is no longer spoken nothing was carried out: the server is looked at anew, as after a lost session. */
    private static Throwable sorted(Throwable failure) {
        var sorted = McpFailure.of(failure);
        boolean gone = McpFailure.is(sorted, Reason.NoEndpoint.class)
                || ModernAnswer.rejected(sorted, ModernAnswer.VERSION_UNSUPPORTED);
        return gone ? new McpFailure(new Reason.SessionLost()) : sorted;
    }

    @Override
    public Multi<Incoming.Notification> changes(Upstream upstream, Interest interest, Runnable opened) {
        return new Listening(http, answers, identity)
                .of(upstream, interest, lastId.incrementAndGet(), opened)
                .invoke(changes::notified)
                .onFailure()
                .transform(StatelessConversation::sorted);
    }

    @Override
    public Uni<Void> close(Upstream upstream) {
        return Uni.createFrom().voidItem();
    }

    /** This era's servers ask in their results, never on the stream, and give no rest of one that broke. */
    private record ModernMeanwhile(Changes changes, Turn turn) implements Meanwhile {
        @Override
        public void notified(Incoming.Notification notification) {
            changes.notified(notification);
            turn.notified(notification);
        }

        @Override
        public Uni<Void> asked(Incoming.Request request) {
            return Uni.createFrom().voidItem();
        }

        @Override
        public Optional<Uni<EgressStream>> resume(String lastEventId, Duration pause) {
            return Optional.empty();
        }
    }
}
