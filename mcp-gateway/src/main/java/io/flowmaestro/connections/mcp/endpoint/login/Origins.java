package io.flowmaestro.connections.mcp.endpoint.login;

import io.flowmaestro.connections.http.FrameworkProblem;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.mcp.endpoint.EndpointSettings;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Pages of other origins may not call the endpoint, however they got their name to resolve to it (DNS rebinding). */
public class Origins {

    private final Set<String> allowed = new HashSet<>();

    Origins(EndpointSettings settings, PublicUrls urls) {
        allowed.add(origin(urls.base()));
        settings.uiOrigins().orElse(List.of()).forEach(given -> allowed.add(origin(given.strip())));
    }

    private static String origin(String url) {
        var uri = URI.create(url);
        return uri.getScheme() + "://" + uri.getAuthority();
    }

    @ServerRequestFilter(preMatching = true)
    public void refuseForeignPages(ContainerRequestContext request) {
        var origins = request.getHeaders().get("Origin");
        boolean foreign = origins != null && !allowed.containsAll(origins);
        if (foreign && PublicUrls.isEndpoint(request.getUriInfo().getPath())) {
            throw new ProblemException(
                    FrameworkProblem.FORBIDDEN,
                    "Pages of this origin may not call the MCP endpoint. An operator can allow it in"
                            + " CONNECTIONS_UI_ORIGINS.");
        }
    }
}
