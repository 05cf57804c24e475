package io.flowmaestro.connections.vault.transit;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.vault.envelope.Envelope;
import io.flowmaestro.connections.vault.envelope.RecordContext;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jspecify.annotations.Nullable;

/** Seals records for the user the calling service acts for. */
@Path("/internal/encrypt")
@Produces(MediaType.APPLICATION_JSON)
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
        return encrypt(fields, List.of(request), List.of(fields))
                .map(outcomes ->
                        Success.of(EncryptResponse.of(outcomes.getFirst().orThrow())));
    }

    @POST
    @Path("/batch")
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    public Uni<Success<BatchResponse>> encryptBatch(@Nullable Batch<EncryptRequest> body) {
        var fields = RequestFields.of(currentCaller.get(), Operation.ENCRYPT);
        var items = fields.items(body);
        var places = IntStream.range(0, items.size()).mapToObj(fields::item).toList();
        return encrypt(fields, items, places)
                .map(outcomes -> Success.of(BatchResponse.of(outcomes, EncryptResponse::of)));
    }

    /** A request that is refused leaves no plaintext behind either. */
    private Uni<List<Outcome<Envelope>>> encrypt(
            RequestFields fields, List<EncryptRequest> items, List<RequestFields> places) {
        try {
            List<RecordContext> contexts = new ArrayList<>();
            List<Plaintext> plaintexts = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                contexts.add(places.get(i)
                        .context(items.get(i).connectionId(), items.get(i).purpose()));
                plaintexts.add(places.get(i).plaintext(items.get(i).plaintext()));
            }
            return service.encrypt(RecordCall.of(fields, contexts), plaintexts);
        } catch (ProblemException refused) {
            items.forEach(EncryptRequest::wipe);
            throw refused;
        }
    }
}
