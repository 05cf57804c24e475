package io.flowmaestro.connections.vault.shredding;

import com.google.crypto.tink.util.Bytes;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;

/**
 * A destruction, and the proof that this vault entered it. In JSON it is both the receipt and a line of the ledger:
 * {@code {"key_id", "user_id", "versions", "destroyed_at", "mac"}}, the last in base64.
 */
record LedgerEntry(UUID keyId, UUID userId, int versions, Instant destroyedAt, String mac) {

    /** A line may lack anything. */
    LedgerEntry {
        Objects.requireNonNull(keyId, "key_id");
        Objects.requireNonNull(userId, "user_id");
        Objects.requireNonNull(destroyedAt, "destroyed_at");
        Objects.requireNonNull(mac, "mac");
    }

    static LedgerEntry of(Destruction destruction, Bytes mac) {
        return new LedgerEntry(
                destruction.keyId(),
                destruction.user(),
                destruction.versions(),
                destruction.at(),
                Base64.getEncoder().encodeToString(mac.toByteArray()));
    }

    Destruction destruction() {
        return new Destruction(keyId, userId, versions, destroyedAt);
    }

    /** The bytes of the proof; none when they are not base64, and of any length when no vault made them. */
    Bytes proof() {
        try {
            return Bytes.copyFrom(Base64.getDecoder().decode(mac));
        } catch (IllegalArgumentException malformed) {
            return Bytes.copyFrom(new byte[0]);
        }
    }
}
