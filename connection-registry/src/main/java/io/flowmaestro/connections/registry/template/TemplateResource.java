package io.flowmaestro.connections.registry.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.registry.connection.IdempotencyKey;
import io.flowmaestro.connections.registry.data.Uuids;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Templates: those of the catalogue and a user's own. */
@Path("/api/connections/templates")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.USER)
class TemplateResource {

    /** A number is added for each item. */
    private static final int LONGEST_KEY = 250;

    private final TemplateService templates;
    private final TemplateRepository repository;
    private final CurrentCaller caller;

    TemplateResource(TemplateService templates, TemplateRepository repository, CurrentCaller caller) {
        this.templates = templates;
        this.repository = repository;
        this.caller = caller;
    }

    /** Answer to a deletion. */
    record Deleted(UUID id) {}

    @GET
    public Uni<Success<List<Template>>> list() {
        return templates.list(caller.get().subject()).map(Success::of);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<Success<Template>>> save(@Nullable JsonNode body) {
        return templates
                .save(caller.get(), body)
                .map(saved -> RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, Success.of(saved))
                        .header(HttpHeaders.LOCATION, "/api/connections/templates/" + saved.id())
                        .build());
    }

    @GET
    @Path("/{templateId}")
    public Uni<Success<Template>> get(@RestPath String templateId) {
        return repository.require(caller.get().subject(), id(templateId)).map(Success::of);
    }

    @DELETE
    @Path("/{templateId}")
    public Uni<Success<Deleted>> delete(@RestPath String templateId) {
        UUID id = id(templateId);
        return repository.delete(caller.get().subject(), id).map(nothing -> Success.of(new Deleted(id)));
    }

    @POST
    @Path("/import")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Success<List<Preview>>> take(
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key, @Nullable JsonNode body) {
        return templates
                .take(caller.get(), IdempotencyKey.read(key, LONGEST_KEY), body)
                .map(Success::of);
    }

    /** An id that is no UUID is as unknown as one that is nobody's. */
    private static UUID id(String text) {
        return Uuids.find(text).orElseThrow(TemplateRepository::notFound);
    }
}
