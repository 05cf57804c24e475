package io.flowmaestro.connections.vault.masterkey;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The key encryption keys in force, all of which this replica holds.
 *
 * @param held every enrolled key that it holds, by id
 * @param retiring former primaries, by which data keys may still be wrapped
 */
public record VerifiedKeys(VerifiedKey primary, Map<UUID, KeyEncryptionKey> held, Set<UUID> retiring) {

    /** Those of the keys in force, of which exactly one is primary; each of them is held. */
    static VerifiedKeys of(List<EnrolledKey> inForce, Map<UUID, KeyEncryptionKey> held) {
        var primary = inForce.stream()
                .filter(EnrolledKey::isPrimary)
                .map(EnrolledKey::kekId)
                .findFirst()
                .orElseThrow();
        var retiring = inForce.stream()
                .filter(EnrolledKey::isRetiring)
                .map(EnrolledKey::kekId)
                .collect(Collectors.toUnmodifiableSet());
        var key = Objects.requireNonNull(held.get(primary));
        return new VerifiedKeys(new VerifiedKey(primary, key), Map.copyOf(held), retiring);
    }

    public Optional<VerifiedKey> find(UUID kekId) {
        return Optional.ofNullable(held.get(kekId)).map(key -> new VerifiedKey(kekId, key));
    }
}
