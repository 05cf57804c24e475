package io.flowmaestro.connections.registry.testing;

import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.registry.data.ConnectionIds;
import io.flowmaestro.connections.registry.listing.QueryFields;
import io.flowmaestro.connections.registry.peer.AllowedPeers;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The 24-hour rule, for the services that are about to use a connection, or were told that its credential is refused. */
@Path("/internal/connections")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SERVICE)
class InternalTestResource {

    private final TestService tests;
    private final CurrentCaller currentCaller;

    InternalTestResource(TestService tests, CurrentCaller currentCaller) {
        this.tests = tests;
        this.currentCaller = currentCaller;
    }

    @POST
    @Path("/{id}/test-if-due")
    public Uni<Success<TestService.Checked>> testIfDue(
            @RestPath String id, @QueryParam("refused") @Nullable String refused) {
        Caller caller = currentCaller.get();
        AllowedPeers.CREDENTIAL_USERS.require(caller);
        return tests.testIfDue(caller, ConnectionIds.parse(id), occasion(refused))
                .map(Success::of);
    }

    private static TestOccasion occasion(@Nullable String parameter) {
        QueryFields fields = new QueryFields();
        boolean refused = fields.flag("refused", parameter);
        fields.finish();
        return refused ? TestOccasion.REFUSED : TestOccasion.USE;
    }
}
