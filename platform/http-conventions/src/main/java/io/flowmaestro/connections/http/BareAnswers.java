package io.flowmaestro.connections.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Objects;

/** Answers that are given below Jakarta REST, where no exception mapper runs: they are problems all the same. */
@ApplicationScoped
public class BareAnswers {

    private static final int BEFORE_THE_ROUTES = 10_001;

    /** No operation has matrix parameters, and Jakarta REST reads a path with one twice. */
    void refuseMatrixParameters(@Observes Filters filters) {
        filters.register(
                context -> {
                    if (Objects.requireNonNullElse(context.request().path(), "").indexOf(';') >= 0) {
                        answer(context, FrameworkProblem.NOT_FOUND);
                    } else {
                        context.next();
                    }
                },
                BEFORE_THE_ROUTES);
    }

    void answerUnknownPaths(@Observes Router router) {
        router.route().last().handler(context -> answer(context, FrameworkProblem.NOT_FOUND));
        router.errorHandler(400, context -> answer(context, FrameworkProblem.BAD_REQUEST));
        router.errorHandler(413, BareAnswers::refuseBody);
    }

    /** The rest of the body is not read, so the connection cannot be used again. */
    static void refuseBody(RoutingContext context) {
        context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        answer(context, FrameworkProblem.CONTENT_TOO_LARGE);
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
