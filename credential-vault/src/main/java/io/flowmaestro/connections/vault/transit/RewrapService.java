package io.flowmaestro.connections.vault.transit;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.vault.envelope.Envelope;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.flowmaestro.connections.vault.keyring.DataKey;
import io.flowmaestro.connections.vault.problem.VaultProblem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** Seals records anew with the newest data key of their scope. The plaintext never leaves this class. */
@ApplicationScoped
class RewrapService {

    private final AuditedWork work;
    private final OpeningKeys keys;
    private final SealingKey sealingKey;

    RewrapService(AuditedWork work, OpeningKeys keys, SealingKey sealingKey) {
        this.work = work;
        this.keys = keys;
        this.sealingKey = sealingKey;
    }

    Uni<List<Outcome<Rewrapped>>> rewrap(RecordCall call, List<SealedRecord> records) {
        return work.run(
                call,
                () -> keys.of(call.scope(), records)
                        .chain(found -> found.isEmpty()
                                ? Uni.createFrom().item(allFailed(records))
                                : sealed(call, records, found)),
                rewrapped -> {});
    }

    /** A newest key that cannot be used fails these records and no more: the caller goes on with other users. */
    private Uni<List<Outcome<Rewrapped>>> sealed(
            RecordCall call, List<SealedRecord> records, Map<KeyVersion, DataKey> found) {
        return sealingKey
                .of(call.scope(), records.size())
                .map(newest -> rewrapped(records, found, newest))
                .onFailure(RewrapService::isUnusable)
                .recoverWithItem(unusable -> records.stream()
                        .<Outcome<Rewrapped>>map(record -> new Outcome.Failed<>(
                                (ProblemException) unusable, record.envelope().map(Envelope::key)))
                        .toList());
    }

    private static boolean isUnusable(Throwable failure) {
        return failure instanceof ProblemException problem && problem.code() == VaultProblem.DATA_KEY_UNUSABLE;
    }

    private static List<Outcome<Rewrapped>> rewrapped(
            List<SealedRecord> records, Map<KeyVersion, DataKey> found, DataKey newest) {
        return records.stream().map(record -> rewrapped(record, found, newest)).toList();
    }

    private static Outcome<Rewrapped> rewrapped(SealedRecord record, Map<KeyVersion, DataKey> found, DataKey newest) {
        return switch (Opening.open(record, found)) {
            case Outcome.Failed<Plaintext> failed -> Opening.failed(failed.key());
            case Outcome.Done<Plaintext> done -> {
                try (var plaintext = done.value()) {
                    var former = done.keys().getFirst();
                    // Also when nothing changes, the newest key has to be that of the present.
                    yield former.version().equals(newest.version())
                            ? new Outcome.Done<>(
                                    new Rewrapped(record.envelope().orElseThrow(), false), List.of(former, newest))
                            : new Outcome.Done<>(
                                    new Rewrapped(newest.seal(record.context(), plaintext.reveal()), true),
                                    List.of(newest, former));
                }
            }
        };
    }

    /** A user without any of the named keys gets no new key made for it. */
    private static List<Outcome<Rewrapped>> allFailed(List<SealedRecord> records) {
        return records.stream()
                .map(record -> Opening.<Rewrapped>failed(record.envelope().map(envelope -> envelope.key())))
                .toList();
    }
}
