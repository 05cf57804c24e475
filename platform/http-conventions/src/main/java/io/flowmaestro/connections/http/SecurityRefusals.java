package io.flowmaestro.connections.http;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Calls without a valid token (401 with the challenge of RFC 6750), or with a role that is not enough (403). */
public class SecurityRefusals {

    private static final int BEFORE_THE_FRAMEWORKS_OWN = 1;

    @ServerExceptionMapper(priority = BEFORE_THE_FRAMEWORKS_OWN)
    public Response map(UnauthorizedException anonymous, UriInfo uri) {
        return unauthorized(uri, "Bearer");
    }

    @ServerExceptionMapper(priority = BEFORE_THE_FRAMEWORKS_OWN)
    public Response map(AuthenticationFailedException invalid, UriInfo uri) {
        return unauthorized(uri, "Bearer error=\"invalid_token\"");
    }

    @ServerExceptionMapper(priority = BEFORE_THE_FRAMEWORKS_OWN)
    public Response map(ForbiddenException forbidden, UriInfo uri) {
        return problem(FrameworkProblem.FORBIDDEN, uri);
    }

    private static Response unauthorized(UriInfo uri, String challenge) {
        return Response.fromResponse(problem(FrameworkProblem.UNAUTHORIZED, uri))
                .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
                .build();
    }

    private static Response problem(FrameworkProblem problem, UriInfo uri) {
        return Problems.complete(problem, problem.advice(), uri.getPath()).toResponse();
    }
}
