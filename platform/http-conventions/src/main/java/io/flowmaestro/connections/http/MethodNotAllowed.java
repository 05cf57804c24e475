package io.flowmaestro.connections.http;

import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.core.Deployment;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler.InitialMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** A path that has other methods than the one that was asked for: 405, naming those in {@code Allow} (RFC 9110, 15.5.6). */
public class MethodNotAllowed {

    /** Takes the place of the framework's own mapper, which names none. */
    @ServerExceptionMapper
    public Response map(NotAllowedException refused, ServerRequestContext request) {
        var context = (ResteasyReactiveRequestContext) request;
        var code = FrameworkProblem.METHOD_NOT_ALLOWED;
        return Response.fromResponse(Problems.complete(code, code.advice(), context.getPath())
                        .toResponse())
                .header(HttpHeaders.ALLOW, String.join(", ", methods(context)))
                .build();
    }

    /** What the framework itself would have found at this path, whichever class has it. */
    private static SortedSet<String> methods(ResteasyReactiveRequestContext context) {
        Deployment deployment = context.getDeployment();
        String path = context.getPathWithoutPrefix();
        var classes = new RequestMapper<>(deployment.getClassMappers());
        var methods = new TreeSet<>(List.of("OPTIONS"));
        for (var match = classes.map(path); match != null; match = classes.continueMatching(path, match)) {
            String rest = match.remaining.isEmpty() ? "/" : match.remaining;
            methods(match.value, rest).forEach(methods::add);
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return methods;
    }

    private static Stream<String> methods(InitialMatch match, String rest) {
        return Arrays.stream(match.handlers)
                .filter(ClassRoutingHandler.class::isInstance)
                .flatMap(handler -> ((ClassRoutingHandler) handler).getMappers().entrySet().stream())
                .filter(method -> method.getValue().map(rest) != null)
                .map(java.util.Map.Entry::getKey)
                // Locators of sub-resources have no method.
                .filter(Objects::nonNull);
    }
}
