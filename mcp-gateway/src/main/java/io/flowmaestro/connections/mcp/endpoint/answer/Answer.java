package io.flowmaestro.connections.mcp.endpoint.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.endpoint.message.RpcError;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.flowmaestro.connections.mcp.jsonrpc.Outgoing;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a POST ends: with a JSON-RPC message, or with a status alone. */
public record Answer(int status, @Nullable ObjectNode message, Map<String, String> headers) {

    private static final int NOT_ALLOWED = 405;
    /** What the endpoint has for a request of no session (RFC 9110, 15.5.6). */
    private static final String ALLOWED = "DELETE, OPTIONS, POST";

    /** For notifications and responses (202, no body). */
    public static Answer accepted() {
        return new Answer(202, null, Map.of());
    }

    /** The end of a stream that has said what there was to say. */
    public static Answer over() {
        return new Answer(200, null, Map.of());
    }

    public static Answer result(JsonNode id, ObjectNode result) {
        return new Answer(200, Outgoing.result(id, result), Map.of());
    }

    public static Answer error(@Nullable JsonNode id, RpcError error) {
        var message = McpJson.object().put("jsonrpc", "2.0");
        message.set("id", id == null ? NullNode.getInstance() : id);
        message.set("error", error.error());
        return new Answer(error.status(), message, error.status() == NOT_ALLOWED ? Map.of("Allow", ALLOWED) : Map.of());
    }

    public Answer with(String header, String value) {
        return new Answer(status, message, Map.of(header, value));
    }

    /** What has been said on the channel decides the form; a status comes too late once a stream has begun. */
    public Response through(Channel channel) {
        if (channel.hasBegun()) {
            return Response.ok(new StreamEnd(channel, message)).build();
        }
        if (message == null) {
            return Response.status(status).build();
        }
        var response = Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header("Cache-Control", "no-store")
                .entity(McpJson.write(message));
        headers.forEach(response::header);
        return response.build();
    }
}
