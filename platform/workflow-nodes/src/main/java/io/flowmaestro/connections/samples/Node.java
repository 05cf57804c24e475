package io.flowmaestro.connections.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.worker.UserConnections;
import java.io.IOException;

/** One step of a workflow. */
interface Node {

    /**
     * Does its work for the workflow's user.
     *
     * @param config what the user set, with the id of a connection
     * @param context what the workflow knows; the node adds to it
     */
    void execute(UserConnections connections, JsonNode config, ObjectNode context)
            throws IOException, InterruptedException;
}
