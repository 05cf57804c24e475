package io.flowmaestro.connections.mcp.endpoint.modern;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.flowmaestro.connections.mcp.endpoint.exchange.Capabilities;
import io.flowmaestro.connections.mcp.endpoint.exchange.Exchange;
import io.flowmaestro.connections.mcp.endpoint.message.ClientMessage;
import io.flowmaestro.connections.mcp.endpoint.message.LogLevel;
import io.flowmaestro.connections.mcp.endpoint.message.Revision;
import io.flowmaestro.connections.mcp.endpoint.message.RpcError;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import java.util.Optional;

/**
 * What a request says about itself in {@code _meta}, having been held against its headers.
 *
 * @param logLevel the least severe log messages that the client wants; none at all without it
 */
record Envelope(ObjectNode capabilities, Optional<String> logLevel) {

    static final String PREFIX = "io.modelcontextprotocol/";
    static final String VERSION = PREFIX + "protocolVersion";

    private static final String CAPABILITIES = PREFIX + "clientCapabilities";

    /** @throws RpcError 400 when something is missing, does not agree, or is of another revision */
    static Envelope of(Exchange exchange, ClientMessage.Request request) {
        var meta = request.params().path("_meta");
        var version = meta.path(VERSION).textValue();
        if (version == null) {
            throw missing(VERSION);
        }
        Mirrored.require(exchange, "MCP-Protocol-Version", version);
        Mirrored.require(exchange, "Mcp-Method", request.method());
        if (!version.equals(Revision.MODERN)) {
            throw unsupported(version);
        }
        if (!(meta.get(CAPABILITIES) instanceof ObjectNode capabilities)) {
            throw missing(CAPABILITIES);
        }
        Mirrored.requireName(exchange, request);
        var level = meta.path(PREFIX + "logLevel").textValue();
        return new Envelope(
                Capabilities.ofClient(capabilities), Optional.ofNullable(level).filter(LogLevel::exists));
    }

    private static RpcError missing(String key) {
        return RpcError.of(400, RpcError.INVALID_PARAMS, "The request's _meta needs " + key + ".");
    }

    private static RpcError unsupported(String version) {
        var supported = McpJson.object().putArray("supported").add(Revision.MODERN);
        return RpcError.of(400, RpcError.VERSION_UNSUPPORTED, "This protocol revision is not supported.")
                .with("supported", supported)
                .with("requested", TextNode.valueOf(version));
    }
}
