package io.flowmaestro.connections.vault.transit;

import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jspecify.annotations.Nullable;

/** Seals records anew with the newest version of their key; no plaintext comes out. */
@Path("/internal/rewrap")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SERVICE)
class RewrapResource {

    private final CurrentCaller currentCaller;
    private final RewrapService service;

    RewrapResource(CurrentCaller currentCaller, RewrapService service) {
        this.currentCaller = currentCaller;
        this.service = service;
    }

    @POST
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    public Uni<Success<RewrapResponse>> rewrap(@Nullable SealedRequest body) {
        var fields = RequestFields.of(currentCaller.get(), Operation.REWRAP);
        return rewrap(fields, List.of(SealedRequest.record(fields, body)))
                .map(outcomes ->
                        Success.of(RewrapResponse.of(outcomes.getFirst().orThrow())));
    }

    @POST
    @Path("/batch")
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    public Uni<Success<BatchResponse>> rewrapBatch(@Nullable Batch<SealedRequest> body) {
        var fields = RequestFields.of(currentCaller.get(), Operation.REWRAP);
        return rewrap(fields, SealedRequest.records(fields, body))
                .map(outcomes -> Success.of(BatchResponse.of(outcomes, RewrapResponse::of)));
    }

    private Uni<List<Outcome<Rewrapped>>> rewrap(RequestFields fields, List<SealedRecord> records) {
        var contexts = records.stream().map(SealedRecord::context).toList();
        return service.rewrap(RecordCall.of(fields, contexts), records);
    }
}
