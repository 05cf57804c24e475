package io.flowmaestro.connections.mcp.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.ProblemAnswers;
import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.identity.RememberedCallers;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.mcp.access.AccessSettings;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way that nearly all tool calls take (docs/adr/0035): a plain call whose token was verified a moment ago is read and
 * answered here, since Jakarta REST would need longer for it than everything else that is done for a call. Whatever is not
 * exactly that goes on to {@link ToolCallResource}, with its body, as though nobody had looked at it: what is wrong with a
 * request is said there alone.
 */
@Singleton
class ToolCallRoute {

    /** Behind whatever bounds a request, before it is authenticated. */
    private static final int PRIORITY = 250;

    /** Those of {@link ToolCallResource}. */
    static final Set<String> ROLES = Set.of(Roles.WORKER, Roles.USER);

    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json;charset=UTF-8");

    /** Where Quarkus REST leaves the path of the operation, for metrics and spans. */
    private static final String OPERATION = "UrlPathTemplate";

    private static final String TEMPLATE = "/api/mcp/{connectionId}/tools/{tool}";

    private final ToolCallService tools;
    private final RememberedCallers callers;
    private final AccessSettings access;
    private final ProblemAnswers problems;
    private final ObjectMapper json;
    private final ObjectReader parameters;

    ToolCallRoute(
            ToolCallService tools,
            RememberedCallers callers,
            AccessSettings access,
            ProblemAnswers problems,
            ObjectMapper json) {
        this.tools = tools;
        this.callers = callers;
        this.access = access;
        this.problems = problems;
        this.json = json;
        this.parameters = json.readerFor(ToolParameters.class);
    }

    void register(@Observes Filters filters) {
        filters.register(this::handle, PRIORITY);
    }

    private void handle(RoutingContext context) {
        var request = context.request();
        var named = NamedTool.of(request);
        var caller = named == null
                ? null
                : callers.find(request.headers(), ROLES, access.audience()).orElse(null);
        if (named == null || caller == null) {
            context.next();
            return;
        }
        // A body that does not come whole is of a caller who is gone.
        request.body().onSuccess(body -> guarded(context, () -> call(context, caller, named, body)));
        request.resume();
    }

    private void call(RoutingContext context, Caller caller, NamedTool named, Buffer body) {
        var given = read(body);
        if (given == null) {
            ((RoutingContextInternal) context).setBody(body);
            context.next();
            return;
        }
        var own = ((HttpServerRequestInternal) context.request()).context();
        own.putLocal(OPERATION, TEMPLATE);
        var running = tools.call(caller, named.connection(), named.tool(), given.parameters())
                .subscribeAsCompletionStage();
        context.addEndHandler(sent -> {
            if (sent.failed()) {
                running.cancel(false);
            }
        });
        var _ = running.whenComplete((result, failure) ->
                on(own, () -> guarded(context, () -> answer(context, result, failure))));
    }

    private @Nullable ToolParameters read(Buffer body) {
        try {
            return parameters.readValue(body.getBytes());
        } catch (IOException | RuntimeException unreadable) {
            return null;
        }
    }

    /** A call that waited for another to end has come to its own end where that one was, whose trace is not its own. */
    private static void on(Context own, Runnable task) {
        if (own.equals(Vertx.currentContext())) {
            task.run();
        } else {
            own.runOnContext(_ -> task.run());
        }
    }

    /** Whatever goes wrong here is nobody else's to answer. */
    private static void guarded(RoutingContext context, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error broken) {
            context.fail(broken);
        }
    }

    private void answer(RoutingContext context, @Nullable ObjectNode result, @Nullable Throwable failure) {
        if (context.response().closed()) {
            return;
        }
        if (result != null) {
            context.response().putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(written(result));
        } else if (failure != null) {
            problems.send(context, failure);
        }
    }

    private Buffer written(ObjectNode result) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(Success.of(result)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A JSON tree can always be written", e);
        }
    }
}
