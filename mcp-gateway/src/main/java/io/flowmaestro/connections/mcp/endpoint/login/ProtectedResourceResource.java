package io.flowmaestro.connections.mcp.endpoint.login;

import io.flowmaestro.connections.mcp.endpoint.EndpointSettings;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;

/** Tells clients without a token where to get one. Says nothing of whether a connection exists. */
@Path(PublicUrls.METADATA + PublicUrls.ENDPOINT)
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class ProtectedResourceResource {

    private final PublicUrls urls;
    private final String issuer;

    ProtectedResourceResource(PublicUrls urls, EndpointSettings settings) {
        this.urls = urls;
        this.issuer = settings.issuer();
    }

    @GET
    public ProtectedResource all() {
        return metadata(PublicUrls.ENDPOINT);
    }

    @GET
    @Path("/{connectionId}")
    public ProtectedResource one(@RestPath UUID connectionId) {
        return metadata(PublicUrls.ENDPOINT + "/" + connectionId);
    }

    private ProtectedResource metadata(String path) {
        return new ProtectedResource(
                urls.resource(path), List.of(issuer), List.of("openid"), List.of("header"), "FlowMaestro Connections");
    }
}
