package io.flowmaestro.connections.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.Objects;

/**
 * Answers a request that failed and never came to Jakarta REST as the exception mapper there would have: a problem as it is,
 * and 500 for what nobody has made one of.
 */
@Singleton
public class ProblemAnswers {

    private final ProblemCompletion completion;
    private final ObjectMapper json;

    ProblemAnswers(ProblemCompletion completion, ObjectMapper json) {
        this.completion = completion;
        this.json = json;
    }

    /** Says what went wrong, and logs it where that is for an operator to know. */
    public void send(RoutingContext request, Throwable failure) {
        var raised = failure instanceof HttpProblem known
                ? known
                : HttpProblem.valueOf(Response.Status.INTERNAL_SERVER_ERROR);
        var path = Objects.requireNonNullElse(request.request().path(), "/");
        var problem = completion.apply(raised, ProblemContext.of(failure, path));
        var response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        problem.getHeaders().forEach((name, value) -> response.putHeader(name, value.toString()));
        response.setStatusCode(problem.getStatusCode())
                .putHeader(HttpHeaders.CONTENT_TYPE, HttpProblem.MEDIA_TYPE.toString())
                .end(Buffer.buffer(body(problem)));
    }

    private byte[] body(HttpProblem problem) {
        try {
            return json.writeValueAsBytes(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A problem can always be written", e);
        }
    }
}
