package io.flowmaestro.connections.vault.transit;

import io.flowmaestro.connections.vault.envelope.Envelope;
import io.flowmaestro.connections.vault.keyring.DataKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.IntStream;

/** Seals records with the newest data key of their scope. */
@ApplicationScoped
class EncryptService {

    private final AuditedWork work;
    private final SealingKey sealingKey;

    EncryptService(AuditedWork work, SealingKey sealingKey) {
        this.work = work;
        this.sealingKey = sealingKey;
    }

    /** Wipes the plaintexts, however it ends. */
    Uni<List<Outcome<Envelope>>> encrypt(RecordCall call, List<Plaintext> plaintexts) {
        return work.run(
                        call,
                        () -> sealingKey.of(call.scope(), plaintexts.size()).map(key -> sealed(call, plaintexts, key)),
                        envelope -> {})
                .onTermination()
                .invoke(() -> plaintexts.forEach(Plaintext::close));
    }

    private static List<Outcome<Envelope>> sealed(RecordCall call, List<Plaintext> plaintexts, DataKey key) {
        return IntStream.range(0, plaintexts.size())
                .<Outcome<Envelope>>mapToObj(i -> new Outcome.Done<>(
                        key.seal(call.records().get(i), plaintexts.get(i).reveal()), List.of(key)))
                .toList();
    }
}
