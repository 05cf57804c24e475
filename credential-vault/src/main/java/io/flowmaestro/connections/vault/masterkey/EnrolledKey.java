package io.flowmaestro.connections.vault.masterkey;

import com.google.crypto.tink.util.Bytes;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/**
 * What the database knows of a key encryption key.
 *
 * @param checkValue a text known to all, sealed by that key: it opens with no other
 * @param promotedAt when it became primary; empty for one that waits for that
 */
record EnrolledKey(
        UUID kekId,
        String provider,
        KeyState state,
        Bytes checkValue,
        OffsetDateTime enrolledAt,
        Optional<OffsetDateTime> promotedAt) {

    boolean isPrimary() {
        return state == KeyState.PRIMARY;
    }

    /** The former primary, by which data keys may still be wrapped. */
    boolean isRetiring() {
        return state == KeyState.DECRYPT_ONLY && promotedAt.isPresent();
    }
}
