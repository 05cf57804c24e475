package io.flowmaestro.connections.usage;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/** What the registry takes, at the address and with the time limits that the service gives its registry client. */
@RegisterRestClient(configKey = "connection-registry")
@OidcClientFilter
@Path("/internal/usage")
interface UsageClient {

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<Void> report(Report report);

    /** Events that name no user are this one's. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<Void> report(@HeaderParam("X-On-Behalf-Of") UUID user, Report report);

    record Report(List<Event> events) {}

    /** UUIDs are texts already, since their own serializer takes several times as long. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Event(
            String id,
            @Nullable String userId,
            String connectionId,
            String type,
            Instant occurredAt,
            String actor,
            String via,
            @Nullable String traceId,
            Map<String, Object> details) {

        static Event of(UsageEvent event) {
            return told(event, event.user().toString());
        }

        static Event ofTheCallsUser(UsageEvent event) {
            return told(event, null);
        }

        private static Event told(UsageEvent event, @Nullable String user) {
            return new Event(
                    event.id().toString(),
                    user,
                    event.connection().toString(),
                    event.type(),
                    event.occurredAt(),
                    event.actor(),
                    event.via(),
                    event.traceId(),
                    event.details());
        }
    }
}
