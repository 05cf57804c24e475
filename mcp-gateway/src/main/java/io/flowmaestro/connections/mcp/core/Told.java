package io.flowmaestro.connections.mcp.core;

/** What servers tell while no call is under way. */
public final class Told {

    public static final String TOOLS = "notifications/tools/list_changed";
    public static final String PROMPTS = "notifications/prompts/list_changed";
    public static final String RESOURCES = "notifications/resources/list_changed";
    public static final String UPDATED = "notifications/resources/updated";
    public static final String LOG = "notifications/message";

    private Told() {}
}
