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

    public static final String SUBSCRIBE = "resources/subscribe";
    public static final String UNSUBSCRIBE = "resources/unsubscribe";

    /** Only of the revisions that begin with initialize. */
    public static final Set<String> LEGACY = Set.of(SUBSCRIBE, UNSUBSCRIBE);

    /** Only of 2026-07-28. */
    public static final String LISTEN = "subscriptions/listen";

    private Methods() {}
}
