package io.flowmaestro.connections.vault.transit;

import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.RecordContext;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jspecify.annotations.Nullable;

/** Opens one record for the user the calling service acts for. */
@Path("/internal/decrypt")
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
    public Uni<Success<DecryptResponse>> decrypt(@Nullable DecryptRequest body) {
        var caller = currentCaller.get();
        var request = RequestFields.required("body", body);
        var purpose = RequestFields.purpose(request.purpose());
        Grant.require(caller, Operation.DECRYPT, purpose);
        var connection = RequestFields.required("connection_id", request.connectionId());
        var envelope = RequestFields.required("envelope", request.envelope());
        return service.decrypt(new RecordContext(new KeyScope(caller.subject()), connection, purpose), envelope)
                .map(DecryptResponse::new)
                .map(Success::of);
    }
}
