package io.flowmaestro.connections.mcp.session;

import io.flowmaestro.connections.mcp.core.McpFailure;
import java.util.Set;

/** The revisions that begin with initialize. Servers answer the oldest on the newer transports, too. */
public final class Revisions {

    /** The one that HTTP+SSE belongs to. */
    public static final String OLDEST = "2024-11-05";

    public static final String PROPOSED = "2025-11-25";

    private static final Set<String> ACCEPTED = Set.of(OLDEST, "2025-03-26", "2025-06-18", PROPOSED);

    private Revisions() {}

    public static boolean known(String version) {
        return ACCEPTED.contains(version);
    }

    static String require(String version) {
        if (!known(version)) {
            throw McpFailure.protocol("it answers with a protocol revision that is not supported; supported are "
                    + String.join(", ", ACCEPTED.stream().sorted().toList()));
        }
        return version;
    }
}
