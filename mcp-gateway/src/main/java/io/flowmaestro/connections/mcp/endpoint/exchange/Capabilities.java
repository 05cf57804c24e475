package io.flowmaestro.connections.mcp.endpoint.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.core.ServerFacts;
import io.flowmaestro.connections.mcp.endpoint.message.RpcError;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import java.util.List;

/** Capabilities that mean something across the endpoint: what is not relayed must not be offered. */
public final class Capabilities {

    private static final List<String> OF_SERVERS = List.of("tools", "prompts", "resources", "completions");
    private static final List<String> OF_CLIENTS = List.of("elicitation", "sampling", "roots");
    private static final String LOGGING = "logging";

    /** Bytes of what a client declares: it is kept with each session that its calls use. */
    private static final int LARGEST = 8 * 1024;

    private Capabilities() {}

    /** Log levels are set by the request. */
    public static ObjectNode forModern(ObjectNode ofServer) {
        return offered(ofServer);
    }

    /** Log messages of a stateless server come with the request as well, so that a level can be set for any server. */
    public static ObjectNode forLegacy(ServerFacts facts) {
        var offered = offered(facts.capabilities());
        offered.putObject(LOGGING);
        return offered;
    }

    private static ObjectNode offered(ObjectNode ofServer) {
        var offered = McpJson.object();
        for (var name : OF_SERVERS) {
            if (ofServer.get(name) instanceof ObjectNode capability) {
                offered.set(name, capability.deepCopy());
            }
        }
        return offered;
    }

    /**
     * What a client can be asked, as servers are told. Its order is fixed: clients that offer the same share sessions.
     *
     * @throws RpcError 400 when it is more than is kept
     */
    public static ObjectNode ofClient(ObjectNode declared) {
        var kept = McpJson.object();
        for (var name : OF_CLIENTS) {
            if (declared.get(name) instanceof ObjectNode capability) {
                var copy = capability.deepCopy();
                // A change of the client's roots is not relayed, and servers ask for them when they need them.
                copy.remove("listChanged");
                kept.set(name, copy);
            }
        }
        if (McpJson.write(kept).length > LARGEST) {
            throw RpcError.of(
                    400, RpcError.INVALID_PARAMS, "The client's capabilities are larger than " + LARGEST + " bytes.");
        }
        return kept;
    }

    /** The capability that a client needs to be asked this; empty for methods that no client can be asked. */
    public static String neededFor(String method) {
        return switch (method) {
            case "elicitation/create" -> "elicitation";
            case "sampling/createMessage" -> "sampling";
            case "roots/list" -> "roots";
            default -> "";
        };
    }
}
