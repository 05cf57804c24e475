package io.flowmaestro.connections.registry.event;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Leaves the choice of a format to the export itself. Quarkus REST streams one media type per method, and would refuse
 * the others before the method could set its own.
 */
public class ExportNegotiation {

    @ServerRequestFilter(preMatching = true)
    public void acceptAll(ContainerRequestContext request) {
        if (request.getUriInfo().getPath().endsWith("/events/export")) {
            request.getHeaders().putSingle(HttpHeaders.ACCEPT, MediaType.WILDCARD);
        }
    }
}
