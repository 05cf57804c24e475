package io.flowmaestro.connections.http;

import com.fasterxml.jackson.core.JacksonException;
import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import io.quarkus.arc.All;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.List;

/** Gives every problem the suite's members, and replaces whatever the framework would have said of its internals. */
@Startup
@ApplicationScoped
public class ProblemCompletion implements ProblemPostProcessor {

    private static final Duration SOON = Duration.ofSeconds(2);

    private final List<Outage> outages;

    ProblemCompletion(@All List<Outage> outages) {
        this.outages = outages;
    }

    @Override
    public HttpProblem apply(HttpProblem problem, ProblemContext context) {
        var away = outages.stream()
                .flatMap(outage -> outage.of(context.cause).stream())
                .findFirst();
        HttpProblem complete = away.isPresent() ? unavailable(context.path) : complete(problem, context);
        ProblemLog.write(complete, context, away);
        return complete;
    }

    private static HttpProblem unavailable(String path) {
        var code = FrameworkProblem.SERVICE_UNAVAILABLE;
        return Problems.complete(new ProblemException(code, code.advice()).retryAfter(SOON), code, code.advice(), path);
    }

    private static HttpProblem complete(HttpProblem problem, ProblemContext context) {
        return switch (context.cause) {
            case ProblemException ours -> Problems.complete(ours, ours.code(), ours.detail(), context.path);
            case JacksonException unreadable -> UnreadableBody.problem(unreadable, context.path);
            case WebApplicationException refused
            when refused.getCause() instanceof JacksonException unreadable ->
                UnreadableBody.problem(unreadable, context.path);
            default -> {
                var code = FrameworkProblem.of(problem.getStatusCode());
                yield Problems.complete(problem, code, code.advice(), context.path);
            }
        };
    }

    /**
     * The list of processors is static, and begun anew for a live reload only: a second application in the same process, as
     * tests start them, would complete and log every problem once more by the first one's entry.
     */
    @PreDestroy
    void leaveNothingBehind() {
        ExceptionMapperBase.postProcessorsRegistry.reset();
    }

    /** Last, so that nothing rewrites what was completed. */
    @Override
    public int priority() {
        return 0;
    }
}
