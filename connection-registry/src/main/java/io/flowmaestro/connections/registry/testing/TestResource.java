package io.flowmaestro.connections.registry.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.registry.connection.OutboundRates;
import io.flowmaestro.connections.registry.data.ConnectionIds;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Tests of a user's connections. A test that failed is a good answer: 200 with {@code test_result.success} false. */
@Path("/api/connections")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.USER)
class TestResource {

    private final TestService tests;
    private final OutboundRates rates;
    private final CurrentCaller caller;

    TestResource(TestService tests, OutboundRates rates, CurrentCaller caller) {
        this.tests = tests;
        this.rates = rates;
        this.caller = caller;
    }

    /** The answer to a test. */
    record Tested(boolean success, TestResult testResult) {}

    @POST
    @Path("/{id}/test")
    public Uni<Tested> test(@RestPath String id) {
        rates.require(caller.get());
        return tests.test(caller.get(), ConnectionIds.parse(id)).map(result -> new Tested(true, result));
    }

    @POST
    @Path("/test")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Tested> testUnsaved(@Nullable JsonNode body) {
        rates.require(caller.get());
        return tests.testUnsaved(caller.get(), body).map(result -> new Tested(true, result));
    }
}
