package io.flowmaestro.connections.http;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The final form of every problem body, whoever raised it. */
final class Problems {

    static final String CODE = "code";
    static final String VIOLATIONS = "violations";
    static final String TYPE_PREFIX = "urn:flowmaestro:connections:problem:";

    private Problems() {}

    /**
     * Completes a problem that was raised elsewhere, keeping its headers and violations. Other members are kept if they are
     * ours: those of a framework would tell of its internals.
     */
    static HttpProblem complete(HttpProblem raised, ProblemCode code, String detail, String path) {
        var complete = builder(code, detail, path);
        if (raised instanceof ProblemException ours) {
            ours.getParameters().forEach(complete::with);
        }
        complete.with(
                VIOLATIONS, Objects.requireNonNullElse(raised.getParameters().get(VIOLATIONS), List.of()));
        raised.getHeaders().forEach(complete::withHeader);
        return complete.build();
    }

    static HttpProblem complete(ProblemCode code, String detail, String path, List<Violation> violations) {
        return builder(code, detail, path).with(VIOLATIONS, violations).build();
    }

    static HttpProblem complete(ProblemCode code, String detail, String path) {
        return complete(code, detail, path, List.of());
    }

    private static HttpProblem.Builder builder(ProblemCode code, String detail, String path) {
        return HttpProblem.builder()
                .withType(URI.create(TYPE_PREFIX + code.code()))
                .withTitle(code.title())
                .withStatus(status(code))
                .withDetail(detail)
                .withInstance(instance(path))
                .with("success", false)
                .with(CODE, code.code())
                .with("trace_id", TraceId.current());
    }

    /** Also for statuses that Jakarta REST has no constant for, such as 422. */
    static Response.StatusType status(ProblemCode problem) {
        return new Response.StatusType() {
            @Override
            public int getStatusCode() {
                return problem.status();
            }

            @Override
            public Response.Status.Family getFamily() {
                return Response.Status.Family.familyOf(problem.status());
            }

            @Override
            public String getReasonPhrase() {
                return problem.title();
            }
        };
    }

    /** The path as the client sent it; one that is no URI, or was not even read, is left out rather than failing the answer. */
    private static URI instance(@Nullable String path) {
        if (path == null) {
            return URI.create("/");
        }
        try {
            return new URI(null, null, path.startsWith("/") ? path : "/" + path, null);
        } catch (java.net.URISyntaxException unprintable) {
            return URI.create("/");
        }
    }
}
