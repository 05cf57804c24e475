package io.flowmaestro.connections.mcp.endpoint.modern;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.client.ServerError;
import io.flowmaestro.connections.mcp.core.ServerFacts;
import io.flowmaestro.connections.mcp.endpoint.exchange.Capabilities;
import io.flowmaestro.connections.mcp.endpoint.message.Failures;
import io.flowmaestro.connections.mcp.endpoint.message.Revision;
import io.flowmaestro.connections.mcp.endpoint.message.RpcError;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import java.util.Set;

/** Gives results and errors of servers of any revision the form that this one prescribes. */
final class ModernResults {

    private static final Set<String> CACHEABLE =
            Set.of("tools/list", "prompts/list", "resources/list", "resources/templates/list", "resources/read");
    private static final long RESOURCE_NOT_FOUND_BEFORE = -32002;
    private static final long CAPABILITY_MISSING = -32021;

    private ModernResults() {}

    static ObjectNode discovery(ServerFacts facts) {
        var result = McpJson.object().put("resultType", "complete");
        result.putArray("supportedVersions").add(Revision.MODERN);
        result.set("capabilities", Capabilities.forModern(facts.capabilities()));
        if (facts.instructions() != null) {
            result.put("instructions", facts.instructions());
        }
        result.withObjectProperty("_meta").set(Envelope.PREFIX + "serverInfo", facts.info());
        return cached(result);
    }

    static ObjectNode complete(String method, ObjectNode result) {
        if (!result.path("resultType").isTextual()) {
            result.put("resultType", "complete");
        }
        return CACHEABLE.contains(method) && result.path("resultType").asText().equals("complete")
                ? cached(result)
                : result;
    }

    /** Whatever a server says: what came by a user's credential is that user's. */
    private static ObjectNode cached(ObjectNode result) {
        if (!result.path("ttlMs").canConvertToLong()) {
            result.put("ttlMs", 0);
        }
        return result.put("cacheScope", "private");
    }

    static ObjectNode asking(ObjectNode questions, String state) {
        var result = McpJson.object().put("resultType", "input_required");
        result.set("inputRequests", questions);
        return result.put("requestState", state);
    }

    /** This revision tells by status what others leave to the message. */
    static RpcError error(String method, Throwable failure) {
        var error = Failures.of(failure);
        if (!(failure instanceof ServerError)) {
            return error;
        }
        if (error.code() == RpcError.METHOD_NOT_FOUND) {
            return new RpcError(404, error.error());
        }
        if (error.code() == CAPABILITY_MISSING) {
            return new RpcError(400, error.error());
        }
        if (error.code() == RESOURCE_NOT_FOUND_BEFORE && method.equals("resources/read")) {
            return new RpcError(200, error.error().deepCopy().put("code", RpcError.INVALID_PARAMS));
        }
        return error;
    }
}
