package io.flowmaestro.connections.mcp.upstream;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** An MCP server that can be called: everything in here has been checked, but for the address, which is vetted per call. */
public final class McpServer {

    private final String url;
    private final UpstreamAuth auth;
    private final Map<String, String> custom;
    private final Duration timeout;

    McpServer(String url, UpstreamAuth auth, Map<String, String> custom, Duration timeout) {
        this.url = url;
        this.auth = auth;
        this.custom = Map.copyOf(custom);
        this.timeout = timeout;
    }

    public String url() {
        return url;
    }

    public boolean isWebSocket() {
        return url.regionMatches(true, 0, "ws", 0, 2);
    }

    /** For one operation as a whole, however many requests it takes. */
    public Duration timeout() {
        return timeout;
    }

    /** The user's headers and the authentication; nothing of the caller's own request is among them. */
    public Map<String, String> headers() {
        var all = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(custom);
        all.putAll(auth.headers());
        return all;
    }

    @Override
    public String toString() {
        return "MCP server";
    }
}
