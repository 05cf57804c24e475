package io.flowmaestro.connections.mcp.endpoint.destination;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.mcp.problem.McpProblem;
import java.util.concurrent.atomic.AtomicLong;

/** How much the servers of one joint list may say, each of them and all together: whoever comes late finds it full. */
final class Room {

    /** Bytes of JSON; as trees they take many times that. */
    private static final long ALL = 16L * 1024 * 1024;

    private static final long OF_ONE = ALL / 4;

    private final AtomicLong left = new AtomicLong(ALL);

    /** What one server takes. */
    final class Part {
        private long taken;

        /** @throws ProblemException when there is no such room left */
        void take(int bytes) {
            if (taken + bytes > OF_ONE) {
                throw tooLarge();
            }
            taken += bytes;
            if (left.addAndGet(-bytes) < 0) {
                giveBack();
                throw tooLarge();
            }
        }

        /** When nothing of it is shown. Safe to repeat. */
        void giveBack() {
            left.addAndGet(taken);
            taken = 0;
        }
    }

    Part part() {
        return new Part();
    }

    private static ProblemException tooLarge() {
        return new ProblemException(
                McpProblem.PROTOCOL_ERROR,
                "The lists of these MCP servers are too large to be shown together. Use the connections one by one, at /mcp/{connectionId}.");
    }
}
