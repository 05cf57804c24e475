package io.flowmaestro.connections.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** A DEBUG line for each request that was answered: never a header, a body or a query, and of a path words and ids alone. */
@ApplicationScoped
class RequestLog {

    private static final Logger LOG = Logger.getLogger(RequestLog.class);
    private static final int BEFORE_ALL_OTHERS = 20_001;
    private static final String OF_THE_FRAMEWORK = "/q/";
    private static final Pattern SLASH = Pattern.compile("/");
    /** Whatever else a caller has put into a path may be there by mistake. */
    private static final Pattern SHOWN =
            Pattern.compile("[a-z][a-z._-]{0,29}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|");

    private static final String HIDDEN = "*";

    void register(@Observes Filters filters) {
        filters.register(RequestLog::filter, BEFORE_ALL_OTHERS);
    }

    private static void filter(RoutingContext context) {
        HttpServerRequest request = context.request();
        String path = Objects.requireNonNullElse(request.path(), "/");
        if (LOG.isDebugEnabled() && !path.startsWith(OF_THE_FRAMEWORK)) {
            long started = System.nanoTime();
            context.addEndHandler(_ -> LOG.debugf(
                    "%s %s was answered %d after %d ms",
                    request.method(),
                    shown(path),
                    context.response().getStatusCode(),
                    Duration.ofNanos(System.nanoTime() - started).toMillis()));
        }
        context.next();
    }

    static String shown(String path) {
        return SLASH.splitAsStream(path)
                .map(segment -> SHOWN.matcher(segment).matches() ? segment : HIDDEN)
                .collect(Collectors.joining("/"));
    }
}
