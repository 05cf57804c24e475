package io.flowmaestro.connections.vault.transit;

import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.vault.envelope.RecordContext;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jspecify.annotations.Nullable;

/** Seals records for the user the calling service acts for. */
@Path("/internal/encrypt")
@RolesAllowed(Roles.SERVICE)
class EncryptResource {

    private final CurrentCaller currentCaller;
    private final EncryptService service;

    EncryptResource(CurrentCaller currentCaller, EncryptService service) {
        this.currentCaller = currentCaller;
        this.service = service;
    }

    @POST
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    public Uni<Success<EncryptResponse>> encrypt(@Nullable EncryptRequest body) {
        var fields = RequestFields.of(currentCaller.get(), Operation.ENCRYPT);
        var request = fields.required("body", body);
        var context = fields.context(request.connectionId(), request.purpose());
        var call = RecordCall.of(fields, List.of(context));
        return service.encrypt(call, List.of(fields.plaintext(request.plaintext())))
                .map(outcomes ->
                        Success.of(EncryptResponse.of(outcomes.getFirst().orThrow())));
    }

    @POST
    @Path("/batch")
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    public Uni<Success<BatchResponse>> encryptBatch(@Nullable Batch<EncryptRequest> body) {
        var fields = RequestFields.of(currentCaller.get(), Operation.ENCRYPT);
        var items = fields.items(body);
        List<RecordContext> contexts = new ArrayList<>();
        List<Plaintext> plaintexts = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            var item = fields.item(i);
            contexts.add(item.context(items.get(i).connectionId(), items.get(i).purpose()));
            plaintexts.add(item.plaintext(items.get(i).plaintext()));
        }
        return service.encrypt(RecordCall.of(fields, contexts), plaintexts)
                .map(outcomes -> Success.of(BatchResponse.of(outcomes, EncryptResponse::of)));
    }
}
