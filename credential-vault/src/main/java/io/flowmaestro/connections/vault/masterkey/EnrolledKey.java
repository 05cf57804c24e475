package io.flowmaestro.connections.vault.masterkey;

import com.google.crypto.tink.util.Bytes;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * What the database knows of the key encryption key it was sealed with.
 *
 * @param checkValue a text known to all, sealed by that key: it opens with no other
 */
record EnrolledKey(UUID kekId, Bytes checkValue, OffsetDateTime enrolledAt) {}
