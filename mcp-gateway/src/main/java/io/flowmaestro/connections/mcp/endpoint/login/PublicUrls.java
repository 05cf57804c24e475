package io.flowmaestro.connections.mcp.endpoint.login;

import io.flowmaestro.connections.mcp.endpoint.EndpointSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.regex.Pattern;

/** The addresses that clients know the endpoint by, made of the public URL alone. */
@ApplicationScoped
class PublicUrls {

    static final String ENDPOINT = "/mcp";
    static final String METADATA = "/.well-known/oauth-protected-resource";

    private static final Pattern OF_CONNECTION = Pattern.compile(ENDPOINT + "/[0-9a-fA-F-]{36}");

    private final String base;

    PublicUrls(EndpointSettings settings) {
        var url = settings.publicUrl();
        this.base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    String base() {
        return base;
    }

    /** The resource identifier (RFC 8707) of a path at or under the endpoint. */
    String resource(String path) {
        return base + path;
    }

    /**
     * Where a path's metadata is (RFC 9728, section 3.1). Nothing of a path that is none of a connection is repeated: it may
     * hold what must not get into a header.
     */
    String metadata(String path) {
        return base + METADATA + (OF_CONNECTION.matcher(path).matches() ? path : ENDPOINT);
    }

    static boolean isMetadata(String path) {
        return path.startsWith(METADATA + "/");
    }

    static boolean isEndpoint(String path) {
        return path.equals(ENDPOINT) || path.startsWith(ENDPOINT + "/");
    }
}
