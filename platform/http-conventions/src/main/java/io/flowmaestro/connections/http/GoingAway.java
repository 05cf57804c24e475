package io.flowmaestro.connections.http;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Empties the connection pools of peers and proxies while a replica that is told to stop serves on: each answer then is the
 * last on its connection. A connection that is left open would be closed under a request one day.
 */
@ApplicationScoped
class GoingAway {

    private static final int BEFORE_ALL_OTHERS = 20_000;

    private volatile boolean going;

    void begin(@Observes ShutdownDelayInitiatedEvent event) {
        going = true;
    }

    void register(@Observes Filters filters) {
        filters.register(this::filter, BEFORE_ALL_OTHERS);
    }

    private void filter(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (going && request.version() == HttpVersion.HTTP_1_1 && !isUpgrade(request)) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        context.next();
    }

    private static boolean isUpgrade(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.UPGRADE);
    }
}
