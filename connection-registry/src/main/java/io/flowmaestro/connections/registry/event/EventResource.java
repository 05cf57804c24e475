package io.flowmaestro.connections.registry.event;

import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.registry.data.ConnectionIds;
import io.flowmaestro.connections.registry.listing.QueryFields;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** What happened to a user's connections. */
@Path("/api/connections")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.USER)
class EventResource {

    private final EventReads reads;
    private final EventExport export;
    private final CurrentCaller caller;

    EventResource(EventReads reads, EventExport export, CurrentCaller caller) {
        this.reads = reads;
        this.export = export;
        this.caller = caller;
    }

    @GET
    @Path("/events")
    public Uni<Success<List<EventView>>> list(@BeanParam EventParameters parameters) {
        return reads.page(caller.get().subject(), EventQueryReader.read(parameters, null))
                .map(page -> Success.page(page.events(), page.pagination()));
    }

    @GET
    @Path("/{id}/events")
    public Uni<Success<List<EventView>>> listOf(@RestPath String id, @BeanParam EventParameters parameters) {
        UUID connection = ConnectionIds.parse(id);
        return reads.pageOf(caller.get().subject(), connection, EventQueryReader.read(parameters, connection))
                .map(page -> Success.page(page.events(), page.pagination()));
    }

    @GET
    @Path("/events/export")
    @Produces(MediaType.TEXT_PLAIN)
    public RestMulti<String> export(
            @QueryParam("format") @Nullable String format,
            @Context RoutingContext request,
            @BeanParam EventParameters parameters) {
        QueryFields fields = new QueryFields();
        var named = fields.known("format", format, EventResource::find, "csv, ndjson");
        fields.finish();
        var query = EventQueryReader.read(parameters, null).withLimit(EventExport.PAGE);
        var chosen =
                named == null ? EventExport.Format.accepted(request.request().getHeader(HttpHeaders.ACCEPT)) : named;
        return RestMulti.fromMultiData(export.lines(caller.get().subject(), query, chosen))
                .header(HttpHeaders.CONTENT_TYPE, chosen.mediaType)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"connection-events.%s\""
                                .formatted(chosen.name().toLowerCase(Locale.ROOT)))
                .build();
    }

    private static Optional<EventExport.Format> find(String name) {
        return Arrays.stream(EventExport.Format.values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }
}
