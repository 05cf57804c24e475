package io.flowmaestro.connections.mcp.endpoint.exchange;

import java.util.Set;

/** Requests that are passed on to servers. */
public final class Methods {

    /** Of all revisions. */
    public static final Set<String> COMMON = Set.of(
            "tools/list",
            "tools/call",
            "prompts/list",
            "prompts/get",
            "resources/list",
            "resources/templates/list",
            "resources/read",
            "completion/complete");

    /** Only of the revisions that begin with initialize. */
    public static final Set<String> LEGACY = Set.of("resources/subscribe", "resources/unsubscribe");

    private Methods() {}
}
