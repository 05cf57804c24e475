package io.flowmaestro.connections.worker;

import java.net.URI;
import java.time.Duration;
import java.util.UUID;

/**
 * Where the suite is.
 *
 * @param timeout of one try of a call of the broker: it may have to refresh a token, or to wait for a test
 * @param toolTimeout of a tool call: above the 120 s after which the gateway gives up
 */
record Endpoints(URI broker, URI gateway, Duration timeout, Duration toolTimeout) {

    URI credential(UUID connection) {
        return URI.create(broker + "/api/credentials/" + connection);
    }

    URI refused(UUID connection) {
        return URI.create(broker + "/api/credentials/" + connection + "/refused");
    }

    /** The tool's name goes into the body: it may hold anything. */
    URI tool(UUID connection) {
        return URI.create(gateway + "/api/mcp/" + connection + "/call");
    }
}
