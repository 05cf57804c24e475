package io.flowmaestro.connections.mcp.stateless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.core.Call;
import io.flowmaestro.connections.mcp.core.McpFailure;
import io.flowmaestro.connections.mcp.core.Reason;
import io.flowmaestro.connections.mcp.core.Reply;
import io.flowmaestro.connections.mcp.core.Upstream;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Set;

/** Results that ask for input, and the request that gives it (2026-07-28, multi round-trip requests). */
final class InputRounds {

    /** A server that still asks after so many rounds is given up on. */
    static final int MOST = 8;

    private static final int MOST_QUESTIONS = 16;
    private static final Set<String> QUESTIONS = Set.of("elicitation/create", "sampling/createMessage", "roots/list");
    private static final String STATE = "requestState";

    private InputRounds() {}

    static boolean asks(ObjectNode result) {
        return "input_required".equals(result.path("resultType").textValue());
    }

    /** The same call once more, with the answers, and the server's state exactly as it came. */
    static Uni<Call> next(Upstream upstream, Call call, ObjectNode result) {
        var questions = result.get("inputRequests") instanceof ObjectNode given ? given : McpJson.object();
        if (questions.size() > MOST_QUESTIONS || (questions.isEmpty() && !result.has(STATE))) {
            return Uni.createFrom()
                    .failure(McpFailure.protocol("it asks for input without a question, or for too much"));
        }
        return Multi.createFrom()
                .iterable(questions.properties())
                .onItem()
                .transformToUniAndConcatenate(question -> answer(upstream, call, question))
                .collect()
                .in(McpJson::object, (answers, answer) -> answers.set(answer.getKey(), answer.getValue()))
                .map(answers -> again(call, answers, result));
    }

    private static Uni<Map.Entry<String, ObjectNode>> answer(
            Upstream upstream, Call call, Map.Entry<String, JsonNode> question) {
        var method = question.getValue().path("method").asText();
        if (!QUESTIONS.contains(method)) {
            return Uni.createFrom().failure(McpFailure.protocol("it asks for input of a kind that does not exist"));
        }
        var params = question.getValue().get("params") instanceof ObjectNode given ? given : McpJson.object();
        return call.listener()
                .asked(method, params)
                .ifNoItem()
                .after(upstream.deadline().remaining())
                .failWith(() -> new McpFailure(new Reason.TimedOut()))
                .map(reply -> switch (reply) {
                    case Reply.Answered(ObjectNode given) -> Map.entry(question.getKey(), given);
                    case Reply.Refused _ -> throw new McpFailure(new Reason.InputRequired(method));
                });
    }

    private static Call again(Call call, ObjectNode answers, ObjectNode result) {
        var params = call.params().deepCopy();
        params.remove(STATE);
        params.remove("inputResponses");
        if (!answers.isEmpty()) {
            params.set("inputResponses", answers);
        }
        if (result.has(STATE)) {
            params.set(STATE, result.get(STATE));
        }
        return new Call(call.method(), params, call.listener());
    }
}
