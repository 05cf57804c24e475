package io.flowmaestro.connections.mcp.client;

import java.util.Set;

/** The revisions with sessions over streamable HTTP. */
final class Revisions {

    static final String PROPOSED = "2025-11-25";

    private static final Set<String> ACCEPTED = Set.of("2025-03-26", "2025-06-18", PROPOSED);

    private Revisions() {}

    static String require(String version) {
        if (!ACCEPTED.contains(version)) {
            throw McpFailure.protocol("it answers with a protocol revision that is not supported; supported are "
                    + String.join(", ", ACCEPTED.stream().sorted().toList()));
        }
        return version;
    }
}
