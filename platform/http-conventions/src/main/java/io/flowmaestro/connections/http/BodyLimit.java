package io.flowmaestro.connections.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses a body over the limit with 413, before anything else reads it. A declared length is believed. A body of
 * unknown length is collected here, up to the limit: left to the framework, one that turns out too large ends in an
 * answer without a body and in an error of the reader that was cut off.
 */
@ApplicationScoped
public class BodyLimit {

    /** Before the server's own check, which would answer without a body. */
    private static final int BEFORE_THE_SIZE_CHECK = 10_000;

    private final long maxBodySize;

    BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBodySize) {
        this.maxBodySize = maxBodySize.asLongValue();
    }

    void install(@Observes Filters filters) {
        filters.register(this::limit, BEFORE_THE_SIZE_CHECK);
    }

    private void limit(RoutingContext context) {
        if (context.request().headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            new CollectedBody(context, maxBodySize).collect();
        } else if (declaredLength(context.request()) > maxBodySize) {
            BareAnswers.refuseBody(context);
        } else {
            context.next();
        }
    }

    private static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }
}
