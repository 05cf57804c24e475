package io.flowmaestro.connections.mcp.standing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.egress.EgressStream;
import io.flowmaestro.connections.mcp.core.McpFailure;
import io.flowmaestro.connections.mcp.core.Reason;
import io.flowmaestro.connections.mcp.core.Upstream;
import io.flowmaestro.connections.mcp.http.HttpTransport;
import io.flowmaestro.connections.mcp.http.Statuses;
import io.flowmaestro.connections.mcp.sse.SseEvent;
import io.flowmaestro.connections.mcp.sse.SseParser;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** HTTP+SSE (2024-11-05): answers come on one event stream, requests go to the address that its first event names. */
final class EventLine implements Line {

    private final HttpTransport http;
    private final EgressStream stream;
    private final Inbox inbox;
    private final SseParser parser;
    private volatile @Nullable UniEmitter<? super String> named;
    private volatile String endpoint = "";

    EventLine(HttpTransport http, EgressStream stream, Inbox inbox, int largestEvent) {
        this.http = http;
        this.stream = stream;
        this.inbox = inbox;
        this.parser = new SseParser(largestEvent);
    }

    /** Begins to read, and gives the address as the server wrote it. */
    Uni<String> read() {
        return Uni.createFrom().emitter(emitter -> {
            named = emitter;
            var _ = stream.body()
                    .invoke(chunk -> parser.feed(chunk.getBytes()).forEach(this::take))
                    .onItem()
                    .ignoreAsUni()
                    .subscribeAsCompletionStage()
                    .whenComplete((_, failure) -> ended(failure));
        });
    }

    /** Requests go there from now on; it has been found to be of the server's own origin. */
    void sendTo(String address) {
        endpoint = address;
    }

    private void take(SseEvent event) {
        var waiting = named;
        if (event.type().equals("endpoint") && waiting != null) {
            named = null;
            waiting.complete(event.data());
        } else if (event.type().equals("message") && !event.data().isBlank()) {
            inbox.deliver(event.data().getBytes(StandardCharsets.UTF_8), this);
        }
    }

    private void ended(@Nullable Throwable failure) {
        var why = failure == null ? null : McpFailure.of(failure);
        var over = why instanceof McpFailure known
                ? known
                : new McpFailure(new Reason.Unreachable("it ended the event stream"));
        inbox.end(over);
        var waiting = named;
        if (waiting != null) {
            waiting.fail(over);
        }
    }

    @Override
    public Uni<Void> send(Upstream upstream, ObjectNode message) {
        return http.post(endpoint, upstream, Map.of(), message)
                .invoke(EgressStream::close)
                .invoke(EventLine::require)
                .replaceWithVoid()
                .onFailure()
                .transform(McpFailure::of);
    }

    /** What the server did not accept it has not carried out. */
    private static void require(EgressStream answer) {
        if (answer.status() / 100 != 2) {
            var reason = Statuses.reason(answer, true);
            throw new McpFailure(reason instanceof Reason.NoEndpoint ? new Reason.SessionLost() : reason);
        }
    }

    @Override
    public void drop() {
        stream.close();
    }
}
