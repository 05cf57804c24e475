package io.flowmaestro.connections.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;

/**
 * An opened way of talking to one server. The core above knows nothing of protocol revisions, sessions or transports;
 * each era implements this. Holds no credential: that comes with every call. Failures are {@link McpFailure}.
 */
interface Conversation {

    ServerFacts facts();

    /** Sends one request and gives its result object, untouched. */
    Uni<ObjectNode> request(Upstream upstream, String method, ObjectNode params);

    /** Tells the server that we are done, if its era knows of that. Never fails. */
    Uni<Void> close(Upstream upstream);
}
