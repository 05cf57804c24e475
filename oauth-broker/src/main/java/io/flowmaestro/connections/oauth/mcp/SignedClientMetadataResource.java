package io.flowmaestro.connections.oauth.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;

/** Our client id metadata document where we sign for ourselves. Anonymous, and the same for everybody. */
@Path("/api/oauth/client-metadata-signed.json")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
class SignedClientMetadataResource {

    private final ClientDocuments documents;

    SignedClientMetadataResource(ClientDocuments documents) {
        this.documents = documents;
    }

    @GET
    public RestResponse<ObjectNode> get() {
        return Published.document(documents.signedDocument());
    }
}
