package io.flowmaestro.connections.vault.keyring;

import io.flowmaestro.connections.http.TraceId;
import io.flowmaestro.connections.vault.audit.AuditEvent;
import io.flowmaestro.connections.vault.audit.AuditTrail;
import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Rotations as events of the vault's own. */
@ApplicationScoped
class AuditedRotations implements RotationLog {

    private final AuditTrail trail;

    AuditedRotations(AuditTrail trail) {
        this.trail = trail;
    }

    @Override
    public Uni<Void> rotatedAtBound(KeyScope scope, KeyVersion next) {
        var event = new AuditEvent(
                "rotate",
                "message-bound",
                "credential-vault",
                Optional.of(scope.user()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(next),
                TraceId.current());
        return trail.append(List.of(event)).replaceWithVoid();
    }
}
