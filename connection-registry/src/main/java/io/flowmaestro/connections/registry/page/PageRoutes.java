package io.flowmaestro.connections.registry.page;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
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
    private static final String LIST = "/connections";
    /** Opened by pages of other origins, which an opener policy would cut off from it. */
    private static final String OPENED_BY_OTHERS = "/connect";

    private static final String ASKED = "connections.page.asked";

    private static final List<String> APIS = List.of("/api", "/mcp", "/internal", "/q");
    /** Pages of the two products that this one replaces. */
    private static final List<String> FORMER = List.of("/credentials", "/integrations");

    private final ContentPolicy policy;

    PageRoutes(ContentPolicy policy) {
        this.policy = policy;
    }

    void install(@Observes Filters filters) {
        filters.register(this::route, PRIORITY);
    }

    private void route(RoutingContext context) {
        String path = context.normalizedPath();
        if (APIS.stream().anyMatch(api -> isUnder(path, api))) {
            context.next();
            return;
        }
        if (isRead(context) && FORMER.stream().anyMatch(former -> isUnder(path, former))) {
            context.response()
                    .setStatusCode(308)
                    .putHeader(HttpHeaders.LOCATION, LIST)
                    .end();
            return;
        }
        protect(context.response().headers(), asked(context, path));
        if (asksForAPage(context) && !path.equals(PAGE)) {
            context.reroute(PAGE);
        } else {
            context.next();
        }
    }

    /** A page that was asked for under another path comes here twice, the second time as "/" and with no header left. */
    private static String asked(RoutingContext context, String path) {
        String first = context.get(ASKED);
        if (first == null) {
            context.put(ASKED, path);
            return path;
        }
        return first;
    }

    private void protect(MultiMap headers, String asked) {
        headers.set("Content-Security-Policy", policy.header())
                .set("X-Content-Type-Options", "nosniff")
                .set("X-Frame-Options", "DENY")
                .set("Referrer-Policy", "no-referrer")
                .set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
                .set(
                        "Cross-Origin-Opener-Policy",
                        asked.equals(OPENED_BY_OTHERS) ? "unsafe-none" : "same-origin-allow-popups");
    }

    private static boolean asksForAPage(RoutingContext context) {
        String accept = context.request().getHeader(HttpHeaders.ACCEPT);
        return isRead(context) && accept != null && accept.contains("text/html");
    }

    private static boolean isRead(RoutingContext context) {
        HttpMethod method = context.request().method();
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    private static boolean isUnder(String path, String parent) {
        return path.equals(parent) || path.startsWith(parent + "/");
    }
}
