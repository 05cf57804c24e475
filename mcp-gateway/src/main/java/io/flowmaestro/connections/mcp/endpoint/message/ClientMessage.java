package io.flowmaestro.connections.mcp.endpoint.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.core.Reply;
import io.flowmaestro.connections.mcp.jsonrpc.MalformedMessage;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;

/** The one message in the body of a POST. */
public sealed interface ClientMessage {

    /** Wants an answer under its id. */
    record Request(JsonNode id, String method, ObjectNode params) implements ClientMessage {}

    record Notification(String method, ObjectNode params) implements ClientMessage {}

    /** Answers what we asked under this id. */
    record Answer(String id, Reply reply) implements ClientMessage {}

    /**
     * Reads a body. Batches belong to a revision that is not spoken here.
     *
     * @throws RpcError 400 when it is no JSON-RPC message
     */
    static ClientMessage read(byte[] body) {
        if (!(json(body) instanceof ObjectNode message)) {
            throw invalid("The body must be one JSON-RPC message, a JSON object. Batches are not supported.");
        }
        if (!"2.0".equals(message.path("jsonrpc").textValue())) {
            throw invalid("The message must say \"jsonrpc\": \"2.0\".");
        }
        return message.path("method").isTextual() ? asked(message) : answered(message);
    }

    private static JsonNode json(byte[] body) {
        try {
            return McpJson.readOfClient(body);
        } catch (MalformedMessage _) {
            throw RpcError.of(
                    400,
                    RpcError.PARSE_ERROR,
                    "The body is not valid JSON, is nested more than " + McpJson.DEEPEST
                            + " levels deep, or has more than " + McpJson.MOST_TOKENS_OF_A_CLIENT
                            + " names, values and brackets.");
        }
    }

    private static ClientMessage asked(ObjectNode message) {
        var method = message.path("method").textValue();
        var params = message.path("params");
        if (!params.isObject() && !params.isMissingNode()) {
            throw invalid("The params of a message must be an object.");
        }
        var given = params instanceof ObjectNode object ? object : McpJson.object();
        var id = message.get("id");
        if (id == null) {
            return new Notification(method, given);
        }
        if (!id.isTextual() && !id.isIntegralNumber()) {
            throw invalid("The id of a request must be a string or an integer.");
        }
        return new Request(id, method, given);
    }

    /**
     * A member of the params that is an object; an empty one is put where there is none.
     *
     * @throws RpcError when it is anything else
     */
    static ObjectNode object(ObjectNode params, String member) {
        var value = params.path(member);
        if (!value.isObject() && !value.isMissingNode() && !value.isNull()) {
            throw RpcError.of(200, RpcError.INVALID_PARAMS, "The " + member + " of the params must be an object.");
        }
        return params.withObjectProperty(member);
    }

    private static ClientMessage answered(ObjectNode message) {
        var id = message.path("id").asText();
        if (message.get("result") instanceof ObjectNode result) {
            return new Answer(id, new Reply.Answered(result));
        }
        if (message.get("error") instanceof ObjectNode error
                && error.path("code").canConvertToInt()) {
            return new Answer(
                    id,
                    new Reply.Refused(
                            error.path("code").intValue(), error.path("message").asText("")));
        }
        throw invalid("The message is neither a request, nor a notification, nor a response.");
    }

    private static RpcError invalid(String message) {
        return RpcError.of(400, RpcError.INVALID_REQUEST, message);
    }
}
