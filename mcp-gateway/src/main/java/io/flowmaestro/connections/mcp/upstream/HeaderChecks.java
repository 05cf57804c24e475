package io.flowmaestro.connections.mcp.upstream;

import io.flowmaestro.connections.egress.HeaderRules;
import io.flowmaestro.connections.http.Violation;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which headers a user may add to the calls of an MCP server: valid ones that neither the protocol nor the wire needs. */
final class HeaderChecks {

    private static final Set<String> PROTOCOL = Set.of(
            "accept", "content-type", "last-event-id", "cookie", "x-on-behalf-of", "forwarded", "proxy-authorization");
    private static final List<String> PROTOCOL_PREFIXES = List.of("mcp-", "sec-websocket-");
    static final int MOST_HEADERS = 32;

    private HeaderChecks() {}

    static void name(String field, String name, List<Violation> wrong) {
        var lower = name.toLowerCase(Locale.ROOT);
        if (!HeaderRules.allowedName(name)
                || PROTOCOL.contains(lower)
                || PROTOCOL_PREFIXES.stream().anyMatch(lower::startsWith)) {
            wrong.add(new Violation(field, "this header name cannot be used; choose another one"));
        }
    }

    static void value(String field, String value, List<Violation> wrong) {
        if (!HeaderRules.allowedValue(value)) {
            wrong.add(new Violation(field, "has characters that a header cannot carry, or is too long"));
        }
    }

    /** The headers that are fine; each of the others is a violation. */
    static Map<String, String> custom(Map<String, @Nullable String> headers, UpstreamAuth auth, List<Violation> wrong) {
        var good = new HashMap<String, String>();
        if (headers.size() > MOST_HEADERS) {
            wrong.add(new Violation("headers", "must be at most " + MOST_HEADERS));
        }
        headers.forEach((name, value) -> {
            name("headers." + name, name, wrong);
            if (value == null) {
                wrong.add(new Violation("headers." + name, "must be a string"));
            } else {
                value("headers." + name, value, wrong);
                good.put(name, value);
            }
            if (auth.headers().keySet().stream().anyMatch(name::equalsIgnoreCase)) {
                wrong.add(new Violation("headers." + name, "is already set by auth_type"));
            }
        });
        return good;
    }
}
