package io.flowmaestro.connections.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** A body that is not JSON, or is JSON of another shape: 400, naming the place or the field. */
public class UnreadableBody {

    /** Takes the place of the framework's own mapper, which answers without a body or with class names. */
    @ServerExceptionMapper
    public Response map(MismatchedInputException mismatch, UriInfo uri) {
        return problem(mismatch, uri.getPath()).toResponse();
    }

    static HttpProblem problem(JacksonException unreadable, String path) {
        return switch (unreadable) {
            case JsonMappingException mapping
            when mapping.getCause() instanceof JsonProcessingException syntax
                    && !(syntax instanceof JsonMappingException) -> malformed(syntax, path);
            case JsonMappingException mapping -> misshapen(mapping, path);
            default -> malformed(unreadable, path);
        };
    }

    private static HttpProblem malformed(JacksonException syntax, String path) {
        var at = syntax.getLocation();
        String where = at == null ? "" : " See line " + at.getLineNr() + ", column " + at.getColumnNr() + ".";
        var code = FrameworkProblem.MALFORMED_JSON;
        return Problems.complete(code, code.advice() + where, path);
    }

    private static HttpProblem misshapen(JsonMappingException mapping, String path) {
        var code = FrameworkProblem.VALIDATION_FAILED;
        return Problems.complete(code, code.advice(), path, List.of(BodyViolation.of(mapping)));
    }
}
