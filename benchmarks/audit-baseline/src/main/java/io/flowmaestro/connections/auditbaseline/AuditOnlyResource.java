package io.flowmaestro.connections.auditbaseline;

import io.flowmaestro.connections.http.FrameworkProblem;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.http.TraceId;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jspecify.annotations.Nullable;

/** Takes what the vault's encrypt call takes from the same callers, and does nothing but record it. */
@Path("/internal/audit-only")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SERVICE)
class AuditOnlyResource {

    private static final Set<Grant> GRANTS =
            Set.of(new Grant("connection-registry", "connection-data"), new Grant("oauth-broker", "connection-data"));

    private final CurrentCaller currentCaller;
    private final AuditRows rows;

    AuditOnlyResource(CurrentCaller currentCaller, AuditRows rows) {
        this.currentCaller = currentCaller;
        this.rows = rows;
    }

    @POST
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    public Uni<Success<AuditOnlyResponse>> record(@Nullable AuditOnlyRequest body) {
        var caller = currentCaller.get();
        var request = required("body", body);
        var purpose = required("purpose", request.purpose());
        requireGrant(caller, purpose);
        var connection = required("connection_id", request.connectionId());
        var bytes = required("plaintext", request.plaintext());
        return rows.add(caller, connection, purpose, TraceId.current())
                .map(keyId -> Success.of(AuditOnlyResponse.of(keyId, bytes)));
    }

    private static void requireGrant(Caller caller, String purpose) {
        if (!GRANTS.contains(new Grant(caller.via(), purpose))) {
            throw new ProblemException(
                    FrameworkProblem.FORBIDDEN,
                    "The client %s may not encrypt records for the purpose %s.".formatted(caller.via(), purpose));
        }
    }

    private static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new ProblemException(FrameworkProblem.VALIDATION_FAILED, "The field " + field + " is required.");
        }
        return value;
    }

    private record Grant(String client, String purpose) {}
}
