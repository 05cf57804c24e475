package io.flowmaestro.connections.mcp.session;

import io.flowmaestro.connections.mcp.core.McpFailure;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What ties a request to a session; no id for servers that keep none. */
record SessionHeaders(Optional<String> version, Optional<String> sessionId) {

    static final String SESSION_ID = "Mcp-Session-Id";

    /** Visible ASCII, as the specification demands, and no longer than a header may be. */
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1,1024}");

    SessionHeaders {
        if (sessionId.filter(id -> !VISIBLE.matcher(id).matches()).isPresent()) {
            throw McpFailure.protocol("its session id has characters that are not allowed, or is too long");
        }
    }

    boolean inSession() {
        return sessionId.isPresent();
    }

    Map<String, String> headers() {
        var headers = new java.util.HashMap<String, String>();
        version.ifPresent(value -> headers.put("MCP-Protocol-Version", value));
        sessionId.ifPresent(value -> headers.put(SESSION_ID, value));
        return headers;
    }

    @Override
    public String toString() {
        // Whoever has a session id can speak in the session.
        return "Session headers";
    }
}
