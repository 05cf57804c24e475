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

/** Opens records for the user the calling service acts for. */
@Path("/internal/decrypt")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SERVICE)
class DecryptResource {

    private final CurrentCaller currentCaller;
    private final DecryptService service;

    DecryptResource(CurrentCaller currentCaller, DecryptService service) {
        this.currentCaller = currentCaller;
        this.service = service;
    }

    @POST
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    public Uni<Success<DecryptResponse>> decrypt(@Nullable SealedRequest body) {
        var fields = RequestFields.of(currentCaller.get(), Operation.DECRYPT);
        return decrypt(fields, List.of(SealedRequest.record(fields, body)))
                .map(outcomes ->
                        Success.of(new DecryptResponse(outcomes.getFirst().orThrow())));
    }

    @POST
    @Path("/batch")
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    public Uni<Success<BatchResponse>> decryptBatch(@Nullable Batch<SealedRequest> body) {
        var fields = RequestFields.of(currentCaller.get(), Operation.DECRYPT);
        return decrypt(fields, SealedRequest.records(fields, body))
                .map(outcomes -> Success.of(BatchResponse.of(outcomes, DecryptResponse::new)));
    }

    private Uni<List<Outcome<Plaintext>>> decrypt(RequestFields fields, List<SealedRecord> records) {
        var contexts = records.stream().map(SealedRecord::context).toList();
        return service.decrypt(RecordCall.of(fields, contexts), records);
    }
}
