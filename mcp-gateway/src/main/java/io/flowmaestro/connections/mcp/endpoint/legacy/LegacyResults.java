package io.flowmaestro.connections.mcp.endpoint.legacy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.endpoint.message.ClientMessage;
import java.util.Optional;

/** What changes on the way between a client in a session and a server of whichever revision. */
final class LegacyResults {

    private static final String LOG_LEVEL = "io.modelcontextprotocol/logLevel";

    /** A server decides for itself what it sends to a client that never asked; a stateless one has to be told. */
    private static final String UNASKED = "info";

    private LegacyResults() {}

    /** Servers of sessions ignore the level in the request. */
    static ObjectNode up(ObjectNode params, Optional<String> level) {
        var copy = params.deepCopy();
        ClientMessage.object(copy, "_meta").put(LOG_LEVEL, level.orElse(UNASKED));
        return copy;
    }

    static ObjectNode down(ObjectNode result) {
        result.remove("resultType");
        return result;
    }
}
