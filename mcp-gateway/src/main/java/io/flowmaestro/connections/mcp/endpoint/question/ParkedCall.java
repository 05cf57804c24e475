package io.flowmaestro.connections.mcp.endpoint.question;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.flight.CallerContext;
import io.flowmaestro.connections.mcp.core.Reply;
import io.flowmaestro.connections.mcp.core.Stoppable;
import io.flowmaestro.connections.mcp.endpoint.answer.Channel;
import io.flowmaestro.connections.mcp.endpoint.message.RpcError;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call whose server asks in mid-call, for a client that answers with its next request. The call goes on when the request
 * that began it has been answered; its time is the server's, and the next request takes it up again.
 */
public final class ParkedCall {

    private final Stoppable stoppable = new Stoppable();
    private final Map<String, Question> open = new LinkedHashMap<>();
    private final Uni<ObjectNode> call;
    private volatile Channel channel;
    private @Nullable UniEmitter<? super Step> waiting;
    private int asked;

    private record Question(String method, ObjectNode params, UniEmitter<? super Reply> answer) {}

    /** How far a call has come. */
    public sealed interface Step {

        record Done(ObjectNode result) implements Step {}

        /** The questions by key, as {@code inputRequests} has them. */
        record Asks(ObjectNode questions) implements Step {}
    }

    public ParkedCall(Channel channel, Function<ParkedCall, Uni<ObjectNode>> begin) {
        this.channel = channel;
        // Kept on: the request that began the call may be answered, and gone, before the call is over.
        this.call = stoppable.run(() -> begin.apply(this)).memoize().indefinitely();
    }

    /** Where what the server says in between goes. */
    public Channel channel() {
        return channel;
    }

    /** Goes on until there is a result, or something to ask. */
    public Uni<Step> next() {
        return Uni.createFrom()
                .deferred(() -> Uni.combine()
                        .any()
                        .of(call.map(Step.Done::new), Uni.createFrom().<Step>emitter(this::await))
                        .emitOn(CallerContext.current()));
    }

    private synchronized void await(UniEmitter<? super Step> emitter) {
        if (open.isEmpty()) {
            waiting = emitter;
        } else {
            emitter.complete(asks());
        }
    }

    /** The server's side of a question. */
    public Uni<Reply> ask(String method, ObjectNode params) {
        return Uni.createFrom().emitter(answer -> {
            var key = put(new Question(method, params, answer));
            answer.onTermination(() -> withdraw(key));
        });
    }

    private synchronized String put(Question question) {
        var key = "question-" + ++asked;
        open.put(key, question);
        var waits = waiting;
        waiting = null;
        if (waits != null) {
            waits.complete(asks());
        }
        return key;
    }

    private synchronized void withdraw(String key) {
        open.remove(key);
    }

    /** The client's side: answers what it was asked, passes over what it was not, and goes on. */
    public Uni<Step> resume(JsonNode responses, Channel now) {
        channel = now;
        for (var response : responses.properties()) {
            if (response.getValue() instanceof ObjectNode answer) {
                answer(response.getKey(), answer);
            }
        }
        return next();
    }

    private void answer(String key, ObjectNode answer) {
        Question question;
        synchronized (this) {
            question = open.remove(key);
        }
        if (question != null) {
            question.answer().complete(new Reply.Answered(answer));
        }
    }

    private Step.Asks asks() {
        var questions = McpJson.object();
        open.forEach((key, question) ->
                questions.putObject(key).put("method", question.method()).set("params", question.params()));
        return new Step.Asks(questions);
    }

    /** Ends the call; its server is told. */
    public void stop() {
        stoppable.stop(RpcError.of(200, RpcError.REFUSED, "The call was given up: its answer did not come in time."));
    }
}
