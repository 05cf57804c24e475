package io.flowmaestro.connections.registry.page;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How the UI's files are cached and packed. A file under {@code /assets} has its content's hash in its name, so it never
 * changes; the page that names it is asked for anew each time. Each text file has a packed copy beside it, made by the build.
 */
@ApplicationScoped
class StaticFiles {

    /** After the page's own: what is sent elsewhere need not be looked at here. */
    private static final int PRIORITY = 90;

    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final String HASHED = "/assets/";
    private static final String EMBEDDED = "/embed/";
    private static final String PACKED = ".gz";
    private static final Map<String, String> TYPES = Map.of(
            ".js", "text/javascript; charset=utf-8",
            ".css", "text/css; charset=utf-8",
            ".svg", "image/svg+xml");

    void install(@Observes Filters filters) {
        filters.register(StaticFiles::route, PRIORITY);
    }

    private static void route(RoutingContext context) {
        String path = context.normalizedPath();
        if (path.equals("/")) {
            onceFound(context, headers -> headers.set(HttpHeaders.CACHE_CONTROL, "no-cache"));
        } else if (path.startsWith(HASHED) || path.startsWith(EMBEDDED)) {
            if (typeOf(path) != null && takesPacked(context)) {
                context.reroute(path + PACKED);
                return;
            }
            onceFound(context, headers -> describe(headers, path));
        }
        context.next();
    }

    private static void describe(MultiMap headers, String path) {
        boolean packed = path.endsWith(PACKED);
        String type = packed ? typeOf(path.substring(0, path.length() - PACKED.length())) : null;
        if (type != null) {
            headers.set(HttpHeaders.CONTENT_ENCODING, "gzip").set(HttpHeaders.CONTENT_TYPE, type);
        }
        headers.set(HttpHeaders.VARY, "Accept-Encoding");
        if (path.startsWith(HASHED)) {
            headers.set(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable");
        } else {
            // Scripts that pages of other origins load by a name that stays.
            headers.set(HttpHeaders.CACHE_CONTROL, "public, max-age=300")
                    .set("Access-Control-Allow-Origin", "*")
                    .set("Cross-Origin-Resource-Policy", "cross-origin");
        }
    }

    /** A problem is neither packed nor cached. */
    private static void onceFound(RoutingContext context, Consumer<MultiMap> change) {
        context.addHeadersEndHandler(written -> {
            int status = context.response().getStatusCode();
            if (status == OK || status == NOT_MODIFIED) {
                change.accept(context.response().headers());
            }
        });
    }

    private static @Nullable String typeOf(String path) {
        int dot = path.lastIndexOf('.');
        return dot < 0 ? null : TYPES.get(path.substring(dot));
    }

    private static boolean takesPacked(RoutingContext context) {
        String accepted = context.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
        return accepted != null && accepted.contains("gzip");
    }
}
