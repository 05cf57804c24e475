package io.flowmaestro.connections.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Objects;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Answers that are given below Jakarta REST, where no exception mapper runs: they are problems all the same. */
@ApplicationScoped
public class BareAnswers {

    /** Before the server's own size check, which would answer without a body. */
    private static final int BEFORE_THE_SIZE_CHECK = 10_000;

    private final long maxBodySize;

    BareAnswers(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBodySize) {
        this.maxBodySize = maxBodySize.asLongValue();
    }

    void refuseLargeBodies(@Observes Filters filters) {
        filters.register(this::refuseLargeBody, BEFORE_THE_SIZE_CHECK);
    }

    void answerUnknownPaths(@Observes Router router) {
        router.route().last().handler(context -> answer(context, FrameworkProblem.NOT_FOUND));
        router.errorHandler(400, context -> answer(context, FrameworkProblem.BAD_REQUEST));
        router.errorHandler(413, context -> answer(context, FrameworkProblem.CONTENT_TOO_LARGE));
    }

    private void refuseLargeBody(RoutingContext context) {
        if (declaredLength(context) > maxBodySize) {
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
            answer(context, FrameworkProblem.CONTENT_TOO_LARGE);
        } else {
            context.next();
        }
    }

    private static long declaredLength(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    private static void answer(RoutingContext context, FrameworkProblem problem) {
        if (context.response().ended()) {
            return;
        }
        context.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .end(body(problem, Objects.requireNonNullElse(context.request().path(), "/"))
                        .toBuffer());
    }

    private static JsonObject body(FrameworkProblem problem, String path) {
        return new JsonObject()
                .put("type", Problems.TYPE_PREFIX + problem.code())
                .put("title", problem.title())
                .put("status", problem.status())
                .put("detail", problem.advice())
                .put("instance", path)
                .put("success", false)
                .put("code", problem.code())
                .put("violations", new JsonArray())
                .put("trace_id", TraceId.current());
    }
}
