package io.flowmaestro.connections.mcp.endpoint;

import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.mcp.endpoint.answer.Channel;
import io.flowmaestro.connections.mcp.endpoint.destination.Target;
import io.flowmaestro.connections.mcp.endpoint.destination.Targets;
import io.flowmaestro.connections.mcp.endpoint.exchange.Exchange;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Streamable HTTP. */
@Path("/mcp")
@Produces({MediaType.APPLICATION_JSON, MediaType.SERVER_SENT_EVENTS})
@RolesAllowed({Roles.USER, Roles.WORKER})
class EndpointResource {

    private final EndpointService endpoint;
    private final Targets targets;
    private final CurrentCaller caller;
    private final int mostQueued;

    EndpointResource(EndpointService endpoint, Targets targets, CurrentCaller caller, EndpointSettings settings) {
        this.endpoint = endpoint;
        this.targets = targets;
        this.caller = caller;
        this.mostQueued = settings.mostQueued();
    }

    @POST
    @Path("/{connectionId}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Response> post(@RestPath UUID connectionId, byte @Nullable [] body, @Context HttpServerRequest request) {
        return post(exchange(Optional.of(connectionId), request), body);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Response> postToAll(byte @Nullable [] body, @Context HttpServerRequest request) {
        return post(exchange(Optional.empty(), request), body);
    }

    @GET
    @Path("/{connectionId}")
    public Uni<Response> listen(@RestPath UUID connectionId, @Context HttpServerRequest request) {
        return listen(exchange(Optional.of(connectionId), request));
    }

    @GET
    public Uni<Response> listenToAll(@Context HttpServerRequest request) {
        return listen(exchange(Optional.empty(), request));
    }

    @DELETE
    @Path("/{connectionId}")
    public Uni<Response> delete(@RestPath UUID connectionId, @Context HttpServerRequest request) {
        return delete(exchange(Optional.of(connectionId), request));
    }

    @DELETE
    public Uni<Response> deleteOfAll(@Context HttpServerRequest request) {
        return delete(exchange(Optional.empty(), request));
    }

    private Uni<Response> post(Exchange exchange, byte @Nullable [] body) {
        var sent = body == null ? new byte[0] : body;
        return endpoint.post(exchange, sent).map(answer -> answer.through(exchange.channel()));
    }

    private Uni<Response> listen(Exchange exchange) {
        return endpoint.get(exchange).map(answer -> answer.through(exchange.channel()));
    }

    private Uni<Response> delete(Exchange exchange) {
        return endpoint.delete(exchange).map(answer -> answer.through(exchange.channel()));
    }

    private Exchange exchange(Optional<UUID> connection, HttpServerRequest request) {
        var accept = request.getHeader("Accept");
        boolean takesEvents = accept == null || accept.contains("text/event-stream") || accept.contains("*/*");
        var channel = new Channel(request.response(), takesEvents, mostQueued);
        var known = caller.get();
        Target target = connection.map(id -> targets.one(known, id)).orElseGet(() -> targets.all(known));
        return new Exchange(known, connection, target, request.headers(), channel);
    }
}
