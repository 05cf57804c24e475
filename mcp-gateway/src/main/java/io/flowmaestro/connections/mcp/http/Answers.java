package io.flowmaestro.connections.mcp.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.egress.EgressFailure;
import io.flowmaestro.connections.egress.EgressResponse;
import io.flowmaestro.connections.egress.EgressStream;
import io.flowmaestro.connections.mcp.core.ClientSettings;
import io.flowmaestro.connections.mcp.core.McpFailure;
import io.flowmaestro.connections.mcp.core.Reason;
import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import io.flowmaestro.connections.mcp.sse.SseEvent;
import io.flowmaestro.connections.mcp.sse.SseParser;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Finds the answer to one request in what the server sends, as JSON or as an event stream. */
@Singleton
public class Answers {

    private static final Duration USUAL_RETRY = Duration.ofSeconds(1);
    private static final Duration SHORTEST_RETRY = Duration.ofMillis(50);

    private final int largestEvent;

    Answers(ClientSettings settings) {
        this.largestEvent = settings.largestEvent();
    }

    /** Gives the result of the request with that id. A server's error fails with {@link Reason.Rejected}. */
    public Uni<ObjectNode> await(EgressStream stream, long id, Meanwhile meanwhile) {
        return answer(stream, id, meanwhile, "").map(Answers::resultOf);
    }

    /** Everything that comes, until the end. */
    public Multi<Incoming> messages(EgressStream stream) {
        var type = stream.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        return type.startsWith("text/event-stream")
                ? messagesOfEvents(stream, new SseParser(largestEvent, ""))
                : messagesOfJson(stream);
    }

    private Uni<Incoming> answer(EgressStream stream, long id, Meanwhile meanwhile, String lastId) {
        var type = stream.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (type.startsWith("application/json")) {
            return stream.collect().chain(response -> answerAmong(messages(response), id, meanwhile));
        }
        if (type.startsWith("text/event-stream")) {
            return answerOfEvents(stream, id, meanwhile, lastId);
        }
        stream.close();
        return Uni.createFrom().failure(McpFailure.protocol("it answers with neither JSON nor an event stream"));
    }

    /** Nearly always there is one message, and it is the answer. */
    private static Uni<Incoming> answerAmong(List<Incoming> messages, long id, Meanwhile meanwhile) {
        return messages.size() == 1 && messages.getFirst().answers(id)
                ? Uni.createFrom().item(messages.getFirst())
                : select(Multi.createFrom().iterable(messages), id, meanwhile)
                        .toUni()
                        .onItem()
                        .ifNull()
                        .failWith(Answers::unanswered);
    }

    private static Multi<Incoming> messagesOfJson(EgressStream stream) {
        return stream.collect()
                .map(Answers::messages)
                .onItem()
                .transformToMulti(messages -> Multi.createFrom().iterable(messages));
    }

    private static List<Incoming> messages(EgressResponse response) {
        return Incoming.read(response.body().getBytes());
    }

    /** A stream may end, or break, before the answer: where its events carry ids it is asked for the rest. */
    private Uni<Incoming> answerOfEvents(EgressStream stream, long id, Meanwhile meanwhile, String lastId) {
        var parser = new SseParser(largestEvent, lastId);
        return select(messagesOfEvents(stream, parser), id, meanwhile)
                .toUni()
                .onFailure(failure -> isCut(failure) && !parser.lastId().isEmpty())
                .recoverWithNull()
                .chain(found -> found != null ? Uni.createFrom().item(found) : rest(parser, id, meanwhile));
    }

    private Uni<Incoming> rest(SseParser parser, long id, Meanwhile meanwhile) {
        var lastId = parser.lastId();
        if (lastId.isEmpty()) {
            return Uni.createFrom().failure(unanswered());
        }
        return meanwhile
                .resume(lastId, pause(parser))
                .map(rest -> rest.chain(stream -> answer(stream, id, meanwhile, lastId)))
                .orElseGet(() -> Uni.createFrom().failure(unanswered()));
    }

    /** As long as the server wants, and never so short that it could keep us busy. */
    private static Duration pause(SseParser parser) {
        var wanted = parser.retry().orElse(USUAL_RETRY);
        return wanted.compareTo(SHORTEST_RETRY) < 0 ? SHORTEST_RETRY : wanted;
    }

    private static boolean isCut(Throwable failure) {
        return failure instanceof EgressFailure broken && broken.kind() == EgressFailure.Kind.UNREACHABLE;
    }

    private static Multi<Incoming> messagesOfEvents(EgressStream stream, SseParser parser) {
        return stream.body()
                .onItem()
                .transformToIterable(chunk -> parser.feed(chunk.getBytes()))
                .filter(event -> event.type().equals("message") && !event.data().isBlank())
                .onItem()
                .transformToIterable(Answers::messages);
    }

    private static List<Incoming> messages(SseEvent event) {
        return Incoming.read(event.data().getBytes(StandardCharsets.UTF_8));
    }

    /** What a server asks is answered beside the stream: the answer to our own request may come all the same. */
    private static Multi<Incoming> select(Multi<Incoming> messages, long id, Meanwhile meanwhile) {
        return messages.onItem().transformToMultiAndMerge(message -> switch (message) {
            case Incoming.Request request -> meanwhile.asked(request).toMulti().map(_ -> message);
            case Incoming.Notification notification -> {
                meanwhile.notified(notification);
                yield Multi.createFrom().empty();
            }
            case Incoming.Result _, Incoming.Failure _ ->
                message.answers(id)
                        ? Multi.createFrom().item(message)
                        : Multi.createFrom().empty();
        });
    }

    private static McpFailure unanswered() {
        return McpFailure.protocol("it ended its answer without answering the request");
    }

    private static ObjectNode resultOf(Incoming answer) {
        return switch (answer) {
            case Incoming.Result result -> result.result();
            case Incoming.Failure failure -> throw new McpFailure(new Reason.Rejected(failure.code(), failure.error()));
            case Incoming.Request _, Incoming.Notification _ ->
                throw new IllegalStateException("Only results and failures answer a request");
        };
    }
}
