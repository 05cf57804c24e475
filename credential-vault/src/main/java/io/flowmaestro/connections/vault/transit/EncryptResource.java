package io.flowmaestro.connections.vault.transit;

import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.vault.envelope.EnvelopeFormat;
import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.RecordContext;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jspecify.annotations.Nullable;

/** Seals one record for the user the calling service acts for. */
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
        var caller = currentCaller.get();
        var request = RequestFields.required("body", body);
        var purpose = RequestFields.purpose(request.purpose());
        Grant.require(caller, Operation.ENCRYPT, purpose);
        var connection = RequestFields.required("connection_id", request.connectionId());
        var plaintext = RequestFields.plaintext(request.plaintext());
        return service.encrypt(new RecordContext(new KeyScope(caller.subject()), connection, purpose), plaintext)
                .map(EnvelopeFormat::write)
                .map(EncryptResponse::new)
                .map(Success::of);
    }
}
