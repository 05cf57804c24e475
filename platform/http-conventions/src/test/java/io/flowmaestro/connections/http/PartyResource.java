package io.flowmaestro.connections.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;

/** One path whose methods are in two classes. */
@Path("/api/parties")
public class PartyResource {

    @GET
    @Path("/{party}")
    public Success<String> get() {
        return Success.of("party");
    }

    @Path("/api/parties/{party}")
    public static class Guests {

        @PUT
        public Success<String> put() {
            return Success.of("guests");
        }
    }
}
