package io.flowmaestro.connections.http;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * What an operator has to know of a problem. A caller's fault is not logged; an upstream's is one line, whose detail
 * names the upstream; a fault of ours comes with its stack.
 */
final class ProblemLog {

    private static final Logger LOG = Logger.getLogger(ProblemLog.class);

    private ProblemLog() {}

    /**
     * To be called once for each problem, in its final form.
     *
     * @param away what is, when that is all there is to it
     */
    static void write(HttpProblem problem, ProblemContext context, Optional<String> away) {
        if (problem.getStatusCode() < 500) {
            return;
        }
        String line = line(problem, context);
        if (away.isPresent()) {
            // Not its message: what a driver throws for want of a better type may quote the values of a statement.
            LOG.warnf(
                    "%s (%s is away: %s)",
                    line, away.get(), context.cause.getClass().getSimpleName());
        } else if (context.cause instanceof ProblemException ours && ours.isOutcome()) {
            LOG.warn(line);
        } else {
            LOG.error(line, context.cause);
        }
    }

    /** A detail may quote an upstream: it must not be able to begin a line of its own. */
    private static String line(HttpProblem problem, ProblemContext context) {
        String line = "%d %s at %s: %s"
                .formatted(
                        problem.getStatusCode(),
                        problem.getParameters().get(Problems.CODE),
                        context.path,
                        problem.getDetail());
        return line.replaceAll("\\p{Cntrl}", " ");
    }
}
