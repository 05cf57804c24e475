package io.flowmaestro.connections.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.egress.EgressStream;
import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import io.flowmaestro.connections.mcp.sse.SseEvent;
import io.flowmaestro.connections.mcp.sse.SseParser;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Finds the answer to one request in what the server sends, as JSON or as an event stream. */
@ApplicationScoped
class Answers {

    /** A server that asks for more than this during one request of ours is not answered any further. */
    private static final int MOST_REQUESTS_OF_SERVER = 16;

    private final int largestEvent;

    Answers(ClientSettings settings) {
        this.largestEvent = settings.largestEvent();
    }

    /** Gives the result, and hands requests that the server makes in between to the responder, which must not fail. */
    Uni<ObjectNode> await(EgressStream stream, long id, Function<Incoming.Request, Uni<Void>> responder) {
        var type = stream.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (type.startsWith("application/json")) {
            return result(messagesOfJson(stream), id);
        }
        if (type.startsWith("text/event-stream")) {
            return result(respond(messagesOfEvents(stream), responder), id);
        }
        stream.close();
        return Uni.createFrom().failure(McpFailure.protocol("it answers with neither JSON nor an event stream"));
    }

    private static Multi<Incoming> messagesOfJson(EgressStream stream) {
        return stream.collect()
                .map(response -> Incoming.read(response.body().getBytes()))
                .onItem()
                .transformToMulti(messages -> Multi.createFrom().iterable(messages));
    }

    private Multi<Incoming> messagesOfEvents(EgressStream stream) {
        var parser = new SseParser(largestEvent);
        return stream.body()
                .onItem()
                .transformToIterable(chunk -> parser.feed(chunk.getBytes()))
                .filter(event -> event.type().equals("message") && !event.data().isBlank())
                .onItem()
                .transformToIterable(Answers::messages);
    }

    private static List<Incoming> messages(SseEvent event) {
        return Incoming.read(event.data().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static Multi<Incoming> respond(Multi<Incoming> messages, Function<Incoming.Request, Uni<Void>> responder) {
        var budget = new Budget(MOST_REQUESTS_OF_SERVER);
        return messages.onItem()
                .call(message -> message instanceof Incoming.Request request && budget.take()
                        ? responder.apply(request)
                        : Uni.createFrom().voidItem());
    }

    private static Uni<ObjectNode> result(Multi<Incoming> messages, long id) {
        return messages.filter(message -> message.answers(id))
                .toUni()
                .onItem()
                .ifNull()
                .failWith(() -> McpFailure.protocol("it ended its answer without answering the request"))
                .map(Answers::resultOf);
    }

    private static ObjectNode resultOf(Incoming answer) {
        return switch (answer) {
            case Incoming.Result result -> result.result();
            case Incoming.Failure failure -> throw new McpFailure(new Reason.Rejected(failure.code()));
            case Incoming.Request _, Incoming.Notification _ ->
                throw new IllegalStateException("Only results and failures answer a request");
        };
    }

    /** Counts down within one event loop. */
    private static final class Budget {
        private int left;

        Budget(int left) {
            this.left = left;
        }

        boolean take() {
            return left-- > 0;
        }
    }
}
