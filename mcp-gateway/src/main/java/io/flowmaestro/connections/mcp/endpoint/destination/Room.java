package io.flowmaestro.connections.mcp.endpoint.destination;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.mcp.problem.McpProblem;
import java.util.concurrent.atomic.AtomicLong;

/** How much the servers of one joint list may say, all together: whoever comes late finds it full. */
final class Room {

    /** Bytes of JSON; as trees they take many times that. */
    private static final long ALL = 16L * 1024 * 1024;

    private final AtomicLong left = new AtomicLong(ALL);

    /** @throws ProblemException when there is no such room left */
    void take(int bytes) {
        if (left.addAndGet(-bytes) < 0) {
            throw new ProblemException(
                    McpProblem.PROTOCOL_ERROR,
                    "The lists of these MCP servers are too large to be shown together. Use the connections one by one, at /mcp/{connectionId}.");
        }
    }
}
