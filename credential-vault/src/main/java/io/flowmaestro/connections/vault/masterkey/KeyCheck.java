package io.flowmaestro.connections.vault.masterkey;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Proves that the configured keys are those that the database was sealed with. The first vault on an empty database
 * enrols its key; a next key is enrolled as decrypt-only. Replicas that start together agree, because only one row can be
 * primary and only one can wait. Safe to repeat, and cheap then.
 */
@ApplicationScoped
class KeyCheck {

    private static final Logger LOG = Logger.getLogger(KeyCheck.class);

    private final ConfiguredKeys configured;
    private final EnrolledKeys enrolledKeys;
    private final KeyProofs proofs;
    /** What is to be told is told once, not every two seconds. */
    private final AtomicBoolean told = new AtomicBoolean();

    KeyCheck(ConfiguredKeys configured, EnrolledKeys enrolledKeys, KeyProofs proofs) {
        this.configured = configured;
        this.enrolledKeys = enrolledKeys;
        this.proofs = proofs;
    }

    Uni<KeyCheckOutcome> run() {
        return enrolledKeys
                .all()
                .chain(rows ->
                        rows.isEmpty() ? enrolCurrent() : Uni.createFrom().item(rows))
                .chain(rows -> holders(rows).chain(holders -> judge(rows, holders)));
    }

    /** One of the two keys may be new; a database that knows neither is another installation's. */
    private Uni<KeyCheckOutcome> judge(List<EnrolledKey> rows, Map<UUID, ConfiguredKey> holders) {
        var unknown = configured.all().stream()
                .filter(key -> !holders.containsValue(key))
                .toList();
        if (unknown.size() == configured.all().size()) {
            var primary =
                    rows.stream().filter(EnrolledKey::isPrimary).findFirst().orElseThrow();
            return Uni.createFrom().item(new KeyCheckOutcome.Refused(primary));
        }
        tellOfRetired(rows, holders);
        return unknown.isEmpty()
                ? Uni.createFrom().item(outcome(rows, holders))
                : enrolNext(unknown.getFirst()).chain(this::withNext);
    }

    private Uni<KeyCheckOutcome> withNext(List<EnrolledKey> rows) {
        return holders(rows).map(holders -> {
            if (!holders.values().containsAll(configured.all()) && !told.getAndSet(true)) {
                LOG.error(
                        "A key of this replica is not used: another one waits to become primary, and a replica holds it or"
                                + " held it seconds ago. Give every replica the same ENCRYPTION_KEY and ENCRYPTION_KEY_NEXT.");
            }
            return outcome(rows, holders);
        });
    }

    /** It is no mistake while the former key is still beside the new one; but it will never be primary again. */
    private void tellOfRetired(List<EnrolledKey> rows, Map<UUID, ConfiguredKey> holders) {
        rows.stream()
                .filter(row -> row.state() == KeyState.RETIRED && holders.containsKey(row.kekId()))
                .findFirst()
                .filter(_ -> !told.getAndSet(true))
                .ifPresent(row -> LOG.warnf(
                        "One of this replica's keys is %s, which is retired and never becomes primary again. Take it away; to"
                                + " change keys, make a new one.",
                        row.kekId()));
    }

    private static KeyCheckOutcome outcome(List<EnrolledKey> rows, Map<UUID, ConfiguredKey> holders) {
        Map<UUID, KeyEncryptionKey> held = new HashMap<>();
        rows.stream()
                .filter(row -> row.state() != KeyState.RETIRED)
                .map(EnrolledKey::kekId)
                .forEach(kekId ->
                        Optional.ofNullable(holders.get(kekId)).ifPresent(holder -> held.put(kekId, holder.key())));
        var inForce =
                rows.stream().filter(row -> row.isPrimary() || row.isRetiring()).toList();
        var missing =
                inForce.stream().filter(row -> !held.containsKey(row.kekId())).toList();
        return missing.isEmpty()
                ? new KeyCheckOutcome.Accepted(VerifiedKeys.of(inForce, held))
                : new KeyCheckOutcome.Behind(held.keySet(), missing);
    }

    private Uni<Map<UUID, ConfiguredKey>> holders(List<EnrolledKey> rows) {
        return Uni.join()
                .all(rows.stream().map(proofs::holder).toList())
                .andFailFast()
                .map(found -> byId(rows, found));
    }

    private static Map<UUID, ConfiguredKey> byId(List<EnrolledKey> rows, List<Optional<ConfiguredKey>> found) {
        var holders = new HashMap<UUID, ConfiguredKey>();
        for (int i = 0; i < rows.size(); i++) {
            var kekId = rows.get(i).kekId();
            found.get(i).ifPresent(key -> holders.put(kekId, key));
        }
        return holders;
    }

    private Uni<List<EnrolledKey>> enrolCurrent() {
        var kekId = UUID.randomUUID();
        var current = configured.current();
        return KeyProofs.checkValue(current.key(), kekId)
                .chain(checkValue -> enrolledKeys.enrolPrimary(kekId, current.provider(), checkValue))
                .chain(enrolledKeys::all);
    }

    private Uni<List<EnrolledKey>> enrolNext(ConfiguredKey next) {
        var kekId = UUID.randomUUID();
        return KeyProofs.checkValue(next.key(), kekId)
                .chain(checkValue -> enrolledKeys.enrolNext(kekId, next.provider(), checkValue))
                .chain(enrolledKeys::all);
    }
}
