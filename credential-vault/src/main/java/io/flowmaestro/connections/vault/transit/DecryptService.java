package io.flowmaestro.connections.vault.transit;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Opens records with the data keys their envelopes name, in the place they were sealed for. */
@ApplicationScoped
class DecryptService {

    private final AuditedWork work;
    private final OpeningKeys keys;

    DecryptService(AuditedWork work, OpeningKeys keys) {
        this.work = work;
        this.keys = keys;
    }

    /** Gives the plaintexts, owned by the caller. */
    Uni<List<Outcome<Plaintext>>> decrypt(RecordCall call, List<SealedRecord> records) {
        return work.run(
                call,
                () -> keys.of(call.scope(), records)
                        .map(found -> records.stream()
                                .map(record -> Opening.open(record, found))
                                .toList()),
                Plaintext::close);
    }
}
