package io.flowmaestro.connections.local.frontdoor;

import java.util.List;

/**
 * The routing table, as an API gateway in front of the suite has it. The first prefix that matches wins. Anything
 * that is neither the API nor private to the services is a page of the web UI, which the registry serves.
 */
public record Routes(Upstream registry, Upstream broker, Upstream gateway) {
    private static final List<String> REFUSED = List.of("/api", "/internal", "/q");

    Route route(RequestPath path) {
        Route route = match(path);
        return route.equals(match(path.withSlashesDecoded())) ? route : new Route.Nowhere();
    }

    private Route match(RequestPath path) {
        if (isUnderAny(path, "/api/connections/mcp", "/api/mcp", "/mcp", "/.well-known/oauth-protected-resource")) {
            return new Route.To(gateway);
        }
        if (isUnderAny(path, "/api/oauth", "/api/credentials")) {
            return new Route.To(broker);
        }
        if (isUnderAny(path, "/api/connections", "/api/providers", "/api/webhooks", "/api/users")) {
            return new Route.To(registry);
        }
        return REFUSED.stream().anyMatch(path::isUnder) ? new Route.Nowhere() : new Route.To(registry);
    }

    private static boolean isUnderAny(RequestPath path, String... prefixes) {
        return List.of(prefixes).stream().anyMatch(path::isUnder);
    }
}
