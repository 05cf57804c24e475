package io.flowmaestro.connections.vault.transit;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.vault.envelope.Purpose;
import io.flowmaestro.connections.vault.envelope.RecordContext;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jspecify.annotations.Nullable;

/** Seals records that older systems had sealed; no plaintext comes out. */
@Path("/internal/import")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SERVICE)
class ImportResource {

    private final CurrentCaller currentCaller;
    private final ImportService service;

    ImportResource(CurrentCaller currentCaller, ImportService service) {
        this.currentCaller = currentCaller;
        this.service = service;
    }

    @POST
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    public Uni<Success<EncryptResponse>> importOne(@Nullable ImportRequest body) {
        var fields = RequestFields.of(currentCaller.get(), Operation.IMPORT);
        var request = fields.required("body", body);
        var context = fields.context(request.connectionId(), request.purpose());
        var legacy = fields.required("legacy_envelope", request.legacyEnvelope());
        return service.importAll(RecordCall.of(fields, List.of(context)), List.of(legacy))
                .map(outcomes ->
                        Success.of(EncryptResponse.of(outcomes.getFirst().orThrow())));
    }

    /** For who is about to import. */
    @GET
    @Path("/forms")
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    public Uni<Success<ImportForms>> forms() {
        Grant.require(currentCaller.get(), Operation.IMPORT, Purpose.CONNECTION_DATA);
        return service.forms().map(Success::of);
    }

    @POST
    @Path("/batch")
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    public Uni<Success<BatchResponse>> importBatch(@Nullable Batch<ImportRequest> body) {
        var fields = RequestFields.of(currentCaller.get(), Operation.IMPORT);
        var items = fields.items(body);
        List<RecordContext> contexts = new ArrayList<>();
        List<JsonNode> legacy = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            var item = fields.item(i);
            contexts.add(item.context(items.get(i).connectionId(), items.get(i).purpose()));
            legacy.add(item.required("legacy_envelope", items.get(i).legacyEnvelope()));
        }
        return service.importAll(RecordCall.of(fields, contexts), legacy)
                .map(outcomes -> Success.of(BatchResponse.of(outcomes, EncryptResponse::of)));
    }
}
