package io.flowmaestro.connections.http;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Ends a request with an RFC 9457 problem. The detail says what to do, and reaches the caller as it is. */
public final class ProblemException extends HttpProblem {

    private final transient ProblemCode problem;

    public ProblemException(ProblemCode problem, String detail) {
        this(problem, detailed(problem, detail));
    }

    private ProblemException(ProblemCode problem, Builder builder) {
        super(builder);
        this.problem = problem;
        // What the superclass asked for came before the problem was known, and was passed over.
        fillInStackTrace();
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

    /** Adds a member that this kind of problem has besides those of every problem (RFC 9457, section 3.2). */
    public ProblemException with(String member, @Nullable Object value) {
        return new ProblemException(problem, HttpProblem.builder(this).with(member, value));
    }

    /** Tells the caller when trying again makes sense, in whole seconds, never too early. */
    public ProblemException retryAfter(Duration delay) {
        return new ProblemException(
                problem,
                HttpProblem.builder(this)
                        .withHeader(
                                HttpHeaders.RETRY_AFTER,
                                Math.max(1, delay.plusMillis(999).toSeconds())));
    }

    private static Builder detailed(ProblemCode problem, String detail) {
        return HttpProblem.builder()
                .withTitle(problem.title())
                .withStatus(Problems.status(problem))
                .withDetail(detail);
    }

    /** Whether this is how things are, with the caller or with an upstream, and no defect of ours. */
    boolean isOutcome() {
        return switch (problem.status()) {
            case 502, 503, 504 -> true;
            default -> problem.status() < 500;
        };
    }

    /** The stack of an outcome would only cost time. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return problem == null || isOutcome() ? this : super.fillInStackTrace();
    }
}
