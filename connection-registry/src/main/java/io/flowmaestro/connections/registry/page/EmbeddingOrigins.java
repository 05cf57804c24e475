package io.flowmaestro.connections.registry.page;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Set;

/**
 * Lets pages of the listed origins call the API from a browser. They sign their calls with a bearer token: cookies are
 * never allowed, and an origin that is not listed gets no answer it could read.
 */
@ApplicationScoped
class EmbeddingOrigins {

    /** Before the checks of tokens: a preflight carries none. */
    private static final int PRIORITY = 110;

    private static final int NO_CONTENT = 204;

    private final Set<String> origins;

    EmbeddingOrigins(UiConfig config) {
        origins = Set.copyOf(config.origins().orElse(List.of()));
    }

    void install(@Observes Filters filters) {
        if (!origins.isEmpty()) {
            filters.register(this::route, PRIORITY);
        }
    }

    void route(RoutingContext context) {
        String origin = context.request().getHeader(HttpHeaders.ORIGIN);
        boolean ofTheApi = context.normalizedPath().startsWith("/api/");
        if (!ofTheApi || origin == null || !origins.contains(origin)) {
            context.next();
            return;
        }
        MultiMap headers = context.response()
                .headers()
                .set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                .add(HttpHeaders.VARY, "Origin");
        if (context.request().method().equals(HttpMethod.OPTIONS)) {
            headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PUT, DELETE")
                    .set(
                            HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS,
                            "Authorization, Content-Type, If-Match, Idempotency-Key")
                    .set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "600");
            context.response().setStatusCode(NO_CONTENT).end();
            return;
        }
        headers.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, "ETag, Location");
        context.next();
    }
}
