package io.flowmaestro.connections.vault.keys;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The key encryption keys, the replicas that hold them, and the data keys in numbers. */
record KeyRingStatus(List<Kek> keyEncryptionKeys, List<Replica> replicas, DataKeysInNumbers dataKeys) {

    /**
     * A key encryption key.
     *
     * @param state {@code decrypt-only}, {@code primary} or {@code retired}
     * @param promotedAt when it became primary; null for one that waits for that
     * @param ageDays since it was enrolled
     * @param dataKeys how many data key versions are wrapped by it
     */
    record Kek(
            UUID kekId,
            String provider,
            String state,
            OffsetDateTime enrolledAt,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            OffsetDateTime promotedAt,

            long ageDays,
            long dataKeys) {}

    record Replica(UUID replicaId, OffsetDateTime seenAt, List<UUID> holds) {}

    /**
     * All users' data keys.
     *
     * @param awaitingRewrap versions still wrapped by a former key encryption key
     * @param stalest when the newest version was made of the key that was not rotated for the longest
     * @param mostMessagesReserved of the version that was used most, against {@code vault.data-key.maximum-messages}
     */
    record DataKeysInNumbers(
            long users,
            long versions,
            long awaitingRewrap,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            OffsetDateTime stalest,

            long mostMessagesReserved) {}
}
