package io.flowmaestro.connections.readbaseline;

import io.flowmaestro.connections.http.FrameworkProblem;
import io.flowmaestro.connections.http.Pagination;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** Answers what the registry answers to the same callers. Whose a connection is, nobody asks. */
@Path("/api/bare/connections")
@RolesAllowed(Roles.USER)
class BareResource {

    private final BareRows rows;
    private final CurrentCaller caller;

    BareResource(BareRows rows, CurrentCaller caller) {
        this.rows = rows;
        this.caller = caller;
    }

    @GET
    @Path("/{id}")
    public Uni<RestResponse<Success<BareConnection>>> get(@RestPath UUID id) {
        return rows.find(id)
                .map(found -> found.map(BareResource::tagged)
                        .orElseThrow(() -> new ProblemException(FrameworkProblem.NOT_FOUND, "There is no such row.")));
    }

    @GET
    public Uni<Success<List<BareConnection>>> list(@RestQuery @DefaultValue("50") int limit) {
        return rows.list(caller.get().subject(), limit)
                .map(found -> Success.page(found, new Pagination(limit, null, null)));
    }

    private static RestResponse<Success<BareConnection>> tagged(BareConnection connection) {
        return RestResponse.ResponseBuilder.ok(Success.of(connection))
                .header("ETag", "\"" + connection.version() + "\"")
                .build();
    }
}
