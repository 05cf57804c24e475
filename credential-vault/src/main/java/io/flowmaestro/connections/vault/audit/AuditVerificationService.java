package io.flowmaestro.connections.vault.audit;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Recomputes the trail, beside writers that go on writing it, in memory that does not grow with it. */
@ApplicationScoped
class AuditVerificationService {

    private static final Logger LOG = Logger.getLogger(AuditVerificationService.class);

    private final AuditKey key;
    private final AuditRecordReader records;
    private final CheckpointReader checkpoints;

    AuditVerificationService(AuditKey key, AuditRecordReader records, CheckpointReader checkpoints) {
        this.key = key;
        this.records = records;
        this.checkpoints = checkpoints;
    }

    /**
     * Checks every record against its MAC, and every chain against the given and the stored checkpoints.
     *
     * @param since what was recorded before it is neither read nor checked
     */
    Uni<Verification> verify(List<Checkpoint> given, Optional<OffsetDateTime> since) {
        return key.mac().chain(mac -> verify(mac, given, since)).invoke(AuditVerificationService::report);
    }

    private Uni<Verification> verify(AuditMac mac, List<Checkpoint> given, Optional<OffsetDateTime> since) {
        var findings = new Findings();
        var check = new ChainCheck(mac, since.isEmpty(), findings);
        return records.read(since, check)
                .chain(() -> checkpoints.compareGiven(given, findings))
                .chain(() -> checkpoints.compareStored(since, findings))
                .map(_ -> Verification.of(check, findings));
    }

    private static void report(Verification verified) {
        if (verified.intact()) {
            LOG.infof("The audit trail is intact: %d records in %d chains", verified.records(), verified.chains());
        } else {
            LOG.errorf(
                    "The audit trail is not intact: %d findings in %d records, the first: %s",
                    verified.findingCount(),
                    verified.records(),
                    verified.findings().getFirst());
        }
    }
}
