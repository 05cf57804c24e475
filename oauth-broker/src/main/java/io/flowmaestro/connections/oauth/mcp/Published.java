package io.flowmaestro.connections.oauth.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.RestResponse;

/** What the world may read of us. */
final class Published {

    private static final String CACHED = "public, max-age=3600";

    private Published() {}

    static RestResponse<ObjectNode> document(ObjectNode document) {
        return RestResponse.ResponseBuilder.ok(document)
                .header(HttpHeaders.CACHE_CONTROL, CACHED)
                .build();
    }
}
