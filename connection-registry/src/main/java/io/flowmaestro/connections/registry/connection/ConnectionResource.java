package io.flowmaestro.connections.registry.connection;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.registry.data.ConnectionIds;
import io.flowmaestro.connections.registry.listing.QueryFields;
import io.flowmaestro.connections.registry.user.Profiles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** A user's own connections. */
@Path("/api/connections")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.USER)
class ConnectionResource {

    private final ConnectionService connections;
    private final ConnectionReads reads;
    private final Profiles profiles;
    private final CurrentCaller caller;

    ConnectionResource(ConnectionService connections, ConnectionReads reads, Profiles profiles, CurrentCaller caller) {
        this.connections = connections;
        this.reads = reads;
        this.profiles = profiles;
        this.caller = caller;
    }

    /** Answer to a deletion; the connection is refused from then on. */
    record Deleted(UUID id, Instant deletedAt, boolean purged) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<Success<Connection>>> create(
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key, @Nullable JsonNode body) {
        return connections
                .create(caller.get(), IdempotencyKey.read(key), body)
                .call(() -> profiles.note(caller.get().subject(), caller.email()))
                .map(ConnectionResource::created);
    }

    private static RestResponse<Success<Connection>> created(ConnectionService.Created created) {
        Connection connection = created.connection();
        var answer = RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, Success.of(connection))
                // Relative (RFC 9110 section 10.2.2): the Host header makes no link.
                .header("Location", "/api/connections/" + connection.id())
                .header("ETag", IfMatch.tag(connection.version()));
        return created.before() ? answer.header("Idempotency-Replayed", "true").build() : answer.build();
    }

    @GET
    public Uni<Success<List<Connection>>> list(@BeanParam ListParameters parameters) {
        return reads.list(caller.get().subject(), ConnectionQueryReader.read(parameters))
                .map(page -> Success.page(page.connections(), page.pagination()));
    }

    @GET
    @Path("/stats")
    public Uni<Success<ConnectionStats>> stats() {
        return reads.stats(caller.get().subject()).map(Success::of);
    }

    @GET
    @Path("/{id}")
    public Uni<RestResponse<Success<Connection>>> get(@RestPath String id) {
        return reads.require(caller.get().subject(), ConnectionIds.parse(id)).map(ConnectionResource::tagged);
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<Success<Connection>>> update(
            @RestPath String id, @HeaderParam("If-Match") @Nullable String ifMatch, @Nullable JsonNode body) {
        return connections
                .update(caller.get(), ConnectionIds.parse(id), new IfMatch(ifMatch), body)
                .map(ConnectionResource::tagged);
    }

    @DELETE
    @Path("/{id}")
    public Uni<Success<Deleted>> delete(
            @RestPath String id,
            @QueryParam("purge") @Nullable String purge,
            @HeaderParam("If-Match") @Nullable String ifMatch) {
        UUID connection = ConnectionIds.parse(id);
        boolean purged = purge(purge);
        Uni<Instant> deletion = purged
                ? connections.purge(caller.get(), connection, new IfMatch(ifMatch))
                : connections.delete(caller.get(), connection, new IfMatch(ifMatch));
        return deletion.map(deletedAt -> Success.of(new Deleted(connection, deletedAt, purged)));
    }

    private static boolean purge(@Nullable String parameter) {
        QueryFields fields = new QueryFields();
        boolean purge = fields.flag("purge", parameter);
        fields.finish();
        return purge;
    }

    @POST
    @Path("/{id}/restore")
    public Uni<RestResponse<Success<Connection>>> restore(@RestPath String id) {
        return connections.restore(caller.get(), ConnectionIds.parse(id)).map(ConnectionResource::tagged);
    }

    static RestResponse<Success<Connection>> tagged(Connection connection) {
        return RestResponse.ResponseBuilder.ok(Success.of(connection))
                .header("ETag", IfMatch.tag(connection.version()))
                .build();
    }
}
