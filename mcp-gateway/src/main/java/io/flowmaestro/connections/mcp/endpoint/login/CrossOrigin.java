package io.flowmaestro.connections.mcp.endpoint.login;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lets pages of the origins that may call the endpoint read what it answers (CORS of the Fetch standard). Without
 * credentials: a page brings a token of its own. Comes before authentication, as a preflight request has no token; and
 * writes to the response itself, as an event stream begins there.
 */
@ApplicationScoped
class CrossOrigin {

    private static final int PRIORITY = 300;
    private static final String METHODS = "GET, POST, DELETE";
    private static final String EXPOSED = "Mcp-Session-Id, MCP-Protocol-Version, WWW-Authenticate, Retry-After";
    private static final String PROTOCOL = "mcp-";
    private static final Set<String> ALLOWED =
            Set.of("authorization", "content-type", "accept", "last-event-id", "traceparent", "tracestate", "baggage");
    private static final Pattern NAME = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]{1,128}");
    private static final String SECONDS = "600";

    private final AllowedOrigins origins;

    CrossOrigin(AllowedOrigins origins) {
        this.origins = origins;
    }

    void register(@Observes Filters filters) {
        filters.register(this::handle, PRIORITY);
    }

    private void handle(RoutingContext context) {
        var request = context.request();
        var origin = request.getHeader("Origin");
        if (origin == null || !isOpen(context.normalizedPath()) || !origins.contains(origin)) {
            context.next();
            return;
        }
        var response = context.response()
                .putHeader("Access-Control-Allow-Origin", origin)
                .putHeader("Vary", "Origin");
        if (request.method().equals(HttpMethod.OPTIONS)
                && request.headers().contains("Access-Control-Request-Method")) {
            preflight(request, response);
        } else {
            response.putHeader("Access-Control-Expose-Headers", EXPOSED);
            context.next();
        }
    }

    private static boolean isOpen(String path) {
        return PublicUrls.isEndpoint(path) || PublicUrls.isMetadata(path);
    }

    private static void preflight(HttpServerRequest request, HttpServerResponse response) {
        response.setStatusCode(204)
                .putHeader("Access-Control-Allow-Methods", METHODS)
                .putHeader("Access-Control-Allow-Headers", allowed(request.getHeader("Access-Control-Request-Headers")))
                .putHeader("Access-Control-Max-Age", SECONDS)
                .end();
    }

    /** Of the headers that are asked for those that mean something here; the names of some depend on the tool. */
    private static String allowed(@Nullable String asked) {
        return Stream.of(Objects.requireNonNullElse(asked, "").split(","))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> ALLOWED.contains(name)
                        || (name.startsWith(PROTOCOL) && NAME.matcher(name).matches()))
                .collect(Collectors.joining(", "));
    }
}
