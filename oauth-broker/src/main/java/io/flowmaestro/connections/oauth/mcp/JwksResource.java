package io.flowmaestro.connections.oauth.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;

/** The public halves of the keys that we sign with (RFC 7517). Anonymous, and the same for everybody. */
@Path("/api/oauth/jwks")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class JwksResource {

    private final SigningKeys keys;

    JwksResource(SigningKeys keys) {
        this.keys = keys;
    }

    @GET
    public RestResponse<ObjectNode> get() {
        return Published.document(keys.published());
    }
}
