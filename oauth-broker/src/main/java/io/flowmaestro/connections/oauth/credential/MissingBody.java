package io.flowmaestro.connections.oauth.credential;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.InputStream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Lets a call without a body go on at once. The framework would wait for the body's end, and go on in another turn of the event loop. */
public class MissingBody {

    private static final String NONE = "0";

    @MayHaveNoBody
    @ServerRequestFilter
    public void settle(ContainerRequestContext call, HttpServerRequest request) {
        if (isMissing(request)) {
            call.setEntityStream(InputStream.nullInputStream());
        }
    }

    /** By the framing of HTTP/1.1, the one that services speak. */
    private static boolean isMissing(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return (length == null || length.equals(NONE)) && !request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }
}
