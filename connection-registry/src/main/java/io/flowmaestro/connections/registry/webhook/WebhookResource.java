package io.flowmaestro.connections.registry.webhook;

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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** A user's own webhooks. */
@Path("/api/webhooks")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.USER)
class WebhookResource {

    private final WebhookService webhooks;
    private final WebhookRepository repository;
    private final CurrentCaller caller;

    WebhookResource(WebhookService webhooks, WebhookRepository repository, CurrentCaller caller) {
        this.webhooks = webhooks;
        this.repository = repository;
        this.caller = caller;
    }

    /** Answer to a deletion. */
    record Deleted(UUID id) {}

    /** Answer to a retry. */
    record Queued(UUID id) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<Success<Webhook>>> create(
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key, @Nullable JsonNode body) {
        return webhooks.create(caller.get().subject(), IdempotencyKey.read(key), body)
                .map(WebhookResource::created);
    }

    private static RestResponse<Success<Webhook>> created(WebhookService.Created created) {
        Webhook webhook = created.webhook();
        var answer = RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, Success.of(webhook))
                .header(HttpHeaders.LOCATION, "/api/webhooks/" + webhook.id())
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
        return created.before() ? answer.header(IdempotencyKey.REPLAYED, "true").build() : answer.build();
    }

    @GET
    public Uni<Success<List<Webhook>>> list() {
        return repository.list(caller.get().subject()).map(Success::of);
    }

    @GET
    @Path("/{webhookId}")
    public Uni<Success<Webhook>> get(@RestPath String webhookId) {
        return repository.require(caller.get().subject(), id(webhookId)).map(Success::of);
    }

    @DELETE
    @Path("/{webhookId}")
    public Uni<Success<Deleted>> delete(@RestPath String webhookId) {
        UUID webhook = id(webhookId);
        return repository.delete(caller.get().subject(), webhook).map(nothing -> Success.of(new Deleted(webhook)));
    }

    @GET
    @Path("/{webhookId}/deliveries")
    public Uni<Success<List<Delivery>>> deliveries(
            @RestPath String webhookId,
            @QueryParam("status") @Nullable String status,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        UUID user = caller.get().subject();
        var query = DeliveryQuery.read(id(webhookId), status, limit, cursor);
        return repository
                .deliveries(user, query.webhook(), query.page(user))
                .map(found -> Success.page(query.pageOf(found), query.pagination(found)));
    }

    @POST
    @Path("/{webhookId}/deliveries/{deliveryId}/retry")
    public Uni<RestResponse<Success<Queued>>> retry(@RestPath String webhookId, @RestPath String deliveryId) {
        UUID delivery = id(deliveryId);
        return webhooks.retry(caller.get().subject(), id(webhookId), delivery)
                .map(nothing -> RestResponse.status(RestResponse.Status.ACCEPTED, Success.of(new Queued(delivery))));
    }

    /** An id that is no UUID is as unknown as one that is nobody's. */
    private static UUID id(String text) {
        return Uuids.find(text).orElseThrow(WebhookRepository::notFound);
    }
}
