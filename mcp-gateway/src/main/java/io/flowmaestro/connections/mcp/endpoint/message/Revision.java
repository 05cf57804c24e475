package io.flowmaestro.connections.mcp.endpoint.message;

import java.util.List;

/** The protocol revisions that clients may speak here. */
public final class Revision {

    /** Stateless, each request describing itself. */
    public static final String MODERN = "2026-07-28";

    /** Those that begin with initialize, the newest first. */
    public static final List<String> LEGACY = List.of("2025-11-25", "2025-06-18");

    private Revision() {}

    /** Whether arguments that do not fit are the tool's error there, and no longer the request's (2025-11-25 on). */
    public static boolean hasToolErrors(String revision) {
        return revision.compareTo("2025-11-25") >= 0;
    }

    /** The revision to speak with a client that proposes this one: the same, or the newest that it may know. */
    public static String negotiated(String proposed) {
        return LEGACY.contains(proposed) ? proposed : LEGACY.getFirst();
    }
}
