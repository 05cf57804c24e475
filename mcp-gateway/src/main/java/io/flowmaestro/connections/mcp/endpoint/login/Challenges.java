package io.flowmaestro.connections.mcp.endpoint.login;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** A client that is refused is told where to log in (RFC 9728, section 5.1). */
public class Challenges {

    private static final int UNAUTHORIZED = 401;

    private final PublicUrls urls;

    Challenges(PublicUrls urls) {
        this.urls = urls;
    }

    @ServerResponseFilter
    public void pointToMetadata(ContainerRequestContext request, ContainerResponseContext response) {
        var path = request.getUriInfo().getPath();
        if (response.getStatus() == UNAUTHORIZED && PublicUrls.isEndpoint(path)) {
            var given = response.getHeaderString(HttpHeaders.WWW_AUTHENTICATE);
            var error = given != null && given.contains("error=") ? ", error=\"invalid_token\"" : "";
            response.getHeaders()
                    .putSingle(
                            HttpHeaders.WWW_AUTHENTICATE,
                            "Bearer resource_metadata=\"" + urls.metadata(path) + "\"" + error);
        }
    }
}
