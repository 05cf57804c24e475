package io.flowmaestro.connections.registry.page;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** Gives a browser the page wherever it asks for one, so that links into the UI work; the APIs keep their own answers. */
@ApplicationScoped
class PageRoutes {

    private static final int PRIORITY = 100;
    private static final String PAGE = "/";
    private static final List<String> APIS = List.of("/api", "/mcp", "/internal", "/q");
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    void install(@Observes Filters filters) {
        filters.register(PageRoutes::route, PRIORITY);
    }

    private static void route(RoutingContext context) {
        if (isApi(context.normalizedPath())) {
            context.next();
            return;
        }
        context.response()
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin-allow-popups");
        if (asksForAPage(context)) {
            context.reroute(PAGE);
        } else {
            context.next();
        }
    }

    private static boolean asksForAPage(RoutingContext context) {
        HttpMethod method = context.request().method();
        String accept = context.request().getHeader(HttpHeaders.ACCEPT);
        return (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD))
                && accept != null
                && accept.contains("text/html")
                && !context.normalizedPath().equals(PAGE);
    }

    private static boolean isApi(String path) {
        return APIS.stream().anyMatch(api -> path.equals(api) || path.startsWith(api + "/"));
    }
}
