package io.flowmaestro.connections.oauth.connection;

/** How a connection authenticates; decides alone how its data is read. */
public enum ConnectionMethod {
    API_KEY("api_key"),
    OAUTH2("oauth2"),
    BASIC_AUTH("basic_auth"),
    CUSTOM("custom"),
    MCP("mcp");

    private final String wireName;

    ConnectionMethod(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
