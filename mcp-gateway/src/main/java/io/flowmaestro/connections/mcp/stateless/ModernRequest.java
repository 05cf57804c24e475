package io.flowmaestro.connections.mcp.stateless;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.egress.EgressHeaders;
import io.flowmaestro.connections.mcp.core.Call;
import io.flowmaestro.connections.mcp.core.ClientIdentity;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.flowmaestro.connections.mcp.mirror.HeaderValue;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.util.Map;

/** What each request of this revision says about itself, in its {@code _meta} and in its headers. */
final class ModernRequest {

    static final String REVISION = "2026-07-28";

    private static final String META = "_meta";
    private static final String PREFIX = "io.modelcontextprotocol/";

    private static final String TOOL_CALL = "tools/call";

    /** What nearly all requests are. */
    private static final EgressHeaders OF_TOOL_CALLS = ofMethod(TOOL_CALL);

    private ModernRequest() {}

    /** The same call with the keys of this era, which win over what the caller may have put there. */
    static Call described(Call call, ClientIdentity identity) {
        var params = McpJson.object();
        params.setAll(call.params());
        var meta = params.get(META) instanceof ObjectNode given ? given.deepCopy() : McpJson.object();
        params.set(META, meta);
        meta.put(PREFIX + "protocolVersion", REVISION);
        meta.set(PREFIX + "clientInfo", identity.info());
        meta.set(PREFIX + "clientCapabilities", call.listener().capabilities());
        addTrace(meta);
        return new Call(call.method(), params, call.listener());
    }

    /** W3C Trace Context of the call, unless the caller gives its own; headers never have it. */
    private static void addTrace(ObjectNode meta) {
        if (!meta.has("traceparent")) {
            W3CTraceContextPropagator.getInstance()
                    .inject(Context.current(), meta, (carrier, key, value) -> meta.put(key, value));
        }
    }

    /** The standard headers (2026-07-28, streamable HTTP, "Request Metadata"). */
    static EgressHeaders headers(Call call) {
        return headers(call, Map.of());
    }

    /** The same with the parameters of a tool that are mirrored, which the standard ones win over. */
    static EgressHeaders headers(Call call, Map<String, String> mirrored) {
        var headers = EgressHeaders.of(mirrored)
                .and(call.method().equals(TOOL_CALL) ? OF_TOOL_CALLS : ofMethod(call.method()));
        var name = switch (call.method()) {
            case TOOL_CALL, "prompts/get" -> call.params().path("name");
            case "resources/read" -> call.params().path("uri");
            default -> call.params().path("");
        };
        return name.isTextual() ? headers.and(Map.of("Mcp-Name", HeaderValue.of(name.textValue()))) : headers;
    }

    private static EgressHeaders ofMethod(String method) {
        return EgressHeaders.of(Map.of("MCP-Protocol-Version", REVISION, "Mcp-Method", HeaderValue.of(method)));
    }
}
