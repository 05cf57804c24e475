package io.flowmaestro.connections.vault.transit;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.vault.envelope.DecryptionFailed;
import io.flowmaestro.connections.vault.envelope.Envelope;
import io.flowmaestro.connections.vault.envelope.RecordContext;
import io.flowmaestro.connections.vault.keyring.DataKey;
import io.flowmaestro.connections.vault.legacy.LegacyEnvelope;
import io.flowmaestro.connections.vault.legacy.LegacyForm;
import io.flowmaestro.connections.vault.legacy.LegacyKeys;
import io.flowmaestro.connections.vault.masterkey.KeyGate;
import io.flowmaestro.connections.vault.problem.VaultProblem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Opens records of older systems and seals them as ours. The plaintext never leaves this class. */
@ApplicationScoped
class ImportService {

    private final AuditedWork work;
    private final SealingKey sealingKey;
    private final LegacyKeys legacyKeys;
    private final KeyGate gate;

    ImportService(AuditedWork work, SealingKey sealingKey, LegacyKeys legacyKeys, KeyGate gate) {
        this.work = work;
        this.sealingKey = sealingKey;
        this.legacyKeys = legacyKeys;
        this.gate = gate;
    }

    /** What an import would find here. No record is touched and no key is used, so it leaves no record and is not counted. */
    Uni<ImportForms> forms() {
        return gate.verified().map(open -> ImportForms.of(legacyKeys::has));
    }

    Uni<List<Outcome<Envelope>>> importAll(RecordCall call, List<JsonNode> legacy) {
        return work.run(
                call,
                () -> sealingKey
                        .of(call.scope(), legacy.size())
                        .map(key -> IntStream.range(0, legacy.size())
                                .mapToObj(i -> imported(call.records().get(i), legacy.get(i), key))
                                .toList()),
                envelope -> {});
    }

    private Outcome<Envelope> imported(RecordContext context, JsonNode legacy, DataKey key) {
        try {
            var envelope = LegacyEnvelope.read(legacy);
            if (!legacyKeys.has(envelope.form())) {
                return new Outcome.Failed<>(missing(envelope.form()), Optional.empty());
            }
            try (var plaintext = Plaintext.of(legacyKeys.open(envelope))) {
                return new Outcome.Done<>(key.seal(context, plaintext.reveal()), List.of(key));
            }
        } catch (DecryptionFailed foreign) {
            return new Outcome.Failed<>(
                    new ProblemException(
                            VaultProblem.DECRYPTION_FAILED,
                            "The envelope is of no known form, or does not open with the configured legacy key."),
                    Optional.empty());
        }
    }

    static ProblemException missing(LegacyForm form) {
        return new ProblemException(
                VaultProblem.LEGACY_KEY_MISSING,
                "The vault has no key for envelopes of this form. Set %s for the time of the import."
                        .formatted(form.variable()));
    }
}
