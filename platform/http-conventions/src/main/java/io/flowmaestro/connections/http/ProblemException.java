package io.flowmaestro.connections.http;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Ends a request with an RFC 9457 problem. The detail says what to do, and reaches the caller as it is. */
public final class ProblemException extends HttpProblem {

    private final transient ProblemCode problem;

    public ProblemException(ProblemCode problem, String detail) {
        this(problem, detailed(problem, detail));
    }

    private ProblemException(ProblemCode problem, Builder builder) {
        super(builder);
        this.problem = problem;
    }

    public ProblemCode code() {
        return problem;
    }

    public String detail() {
        return Objects.requireNonNull(getDetail());
    }

    public ProblemException with(List<Violation> violations) {
        return new ProblemException(problem, HttpProblem.builder(this).with(Problems.VIOLATIONS, violations));
    }

    /** Tells the caller when trying again makes sense, in whole seconds and at least one. */
    public ProblemException retryAfter(Duration delay) {
        return new ProblemException(
                problem, HttpProblem.builder(this).withHeader(HttpHeaders.RETRY_AFTER, Math.max(1, delay.toSeconds())));
    }

    private static Builder detailed(ProblemCode problem, String detail) {
        return HttpProblem.builder()
                .withTitle(problem.title())
                .withStatus(Problems.status(problem))
                .withDetail(detail);
    }

    /** A client's or an upstream's fault is an outcome, not a defect: its stack would only cost time. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return Response.Status.Family.familyOf(problem == null ? 500 : problem.status())
                        == Response.Status.Family.CLIENT_ERROR
                ? this
                : super.fillInStackTrace();
    }
}
