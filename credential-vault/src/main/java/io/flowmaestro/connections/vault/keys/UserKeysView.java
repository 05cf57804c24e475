package io.flowmaestro.connections.vault.keys;

import io.flowmaestro.connections.vault.keyring.UserKeys;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** A user's data key as operators see it: ids, versions, dates and counts. */
record UserKeysView(
        UUID keyId, int newestVersion, int minimumVersion, OffsetDateTime rotatedAt, List<Version> versions) {

    record Version(int version, OffsetDateTime createdAt, long messagesReserved, UUID kekId) {}

    static UserKeysView of(UserKeys keys) {
        return new UserKeysView(
                keys.keyId(),
                keys.newestVersion(),
                keys.minimumVersion(),
                keys.rotatedAt(),
                keys.versions().stream()
                        .map(version -> new Version(
                                version.version(), version.createdAt(), version.messagesReserved(), version.kekId()))
                        .toList());
    }
}
