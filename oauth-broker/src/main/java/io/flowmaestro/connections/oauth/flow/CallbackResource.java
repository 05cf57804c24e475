package io.flowmaestro.connections.oauth.flow;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Where providers send the browser back to. Anonymous: what it may do comes from the state and the cookie. */
@Path("/api/oauth/{provider}/callback")
@PermitAll
class CallbackResource {

    private final CallbackService service;
    private final CallbackPage page;
    private final FlowCookie cookie;

    CallbackResource(CallbackService service, CallbackPage page, FlowCookie cookie) {
        this.service = service;
        this.page = page;
        this.cookie = cookie;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public Uni<RestResponse<String>> callback(
            @RestPath String provider, @Context UriInfo uri, @Context HttpHeaders headers, @Context Request http) {
        if (!http.getMethod().equals(HttpMethod.GET)) {
            return Uni.createFrom().item(notAllowed());
        }
        var request = CallbackRequest.of(provider, uri.getQueryParameters(), cookie.read(headers));
        return service.finish(request).map(this::respond);
    }

    /** A GET is a HEAD's as well, which has to be safe (RFC 9110, 9.2.1): it must not use a sign-in up. */
    private static RestResponse<String> notAllowed() {
        return RestResponse.ResponseBuilder.<String>create(RestResponse.Status.METHOD_NOT_ALLOWED)
                .header(HttpHeaders.ALLOW, HttpMethod.GET)
                .build();
    }

    private RestResponse<String> respond(CallbackResult result) {
        int status = switch (result) {
            case CallbackResult.Connected _ -> 200;
            case CallbackResult.Failed failed -> failed.code().status();
            case CallbackResult.Pending pending -> pending.code().status();
        };
        var rendered = page.render(result);
        return RestResponse.ResponseBuilder.create(RestResponse.Status.fromStatusCode(status), rendered.html())
                .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
                .header("Content-Security-Policy", policy(rendered.nonce()))
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Opener-Policy", "same-origin-allow-popups")
                .build();
    }

    /** Nothing but the page's own script and style runs, and no page may frame it. */
    private static String policy(String nonce) {
        return "default-src 'none'; script-src 'nonce-%1$s'; style-src 'nonce-%1$s'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
                .formatted(nonce);
    }
}
