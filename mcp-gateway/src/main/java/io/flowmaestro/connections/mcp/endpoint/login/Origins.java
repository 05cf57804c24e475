package io.flowmaestro.connections.mcp.endpoint.login;

import io.flowmaestro.connections.http.FrameworkProblem;
import io.flowmaestro.connections.http.ProblemException;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Pages of other origins may not call the endpoint, however they got their name to resolve to it (DNS rebinding). */
public class Origins {

    private final AllowedOrigins allowed;

    Origins(AllowedOrigins allowed) {
        this.allowed = allowed;
    }

    @ServerRequestFilter(preMatching = true)
    public void refuseForeignPages(ContainerRequestContext request) {
        var origins = request.getHeaders().get("Origin");
        boolean foreign = origins != null && !origins.stream().allMatch(allowed::contains);
        if (foreign && PublicUrls.isEndpoint(request.getUriInfo().getPath())) {
            throw new ProblemException(
                    FrameworkProblem.FORBIDDEN,
                    "Pages of this origin may not call the MCP endpoint. An operator can allow it in"
                            + " CONNECTIONS_UI_ORIGINS.");
        }
    }
}
