package io.flowmaestro.connections.vault.audit;

import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Verifies the audit trail for an operator; no service may ask for it. */
@Path("/internal/audit/verify")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
class AuditVerificationResource {

    private final AuditVerificationService service;
    private final Clock clock;

    AuditVerificationResource(AuditVerificationService service, Clock clock) {
        this.service = service;
        this.clock = clock;
    }

    @POST
    public Uni<Success<Verification>> verify(@Nullable VerifyRequest body) {
        var request = Objects.requireNonNullElse(body, VerifyRequest.EVERYTHING);
        return service.verify(request.checkedCheckpoints(), request.checkedSince(clock.instant()))
                .map(Success::of);
    }
}
