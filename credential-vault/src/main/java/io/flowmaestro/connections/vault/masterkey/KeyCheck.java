package io.flowmaestro.connections.vault.masterkey;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.crypto.tink.util.Bytes;
import io.flowmaestro.connections.vault.envelope.AssociatedData;
import io.flowmaestro.connections.vault.envelope.DecryptionFailed;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.util.UUID;

/**
 * Proves that the configured key is the one the database was sealed with. The first vault on an empty database enrols
 * its key; replicas that start together agree on one, because only one row can be primary. Safe to repeat.
 */
@ApplicationScoped
class KeyCheck {

    private static final byte[] KNOWN_TEXT = "flowmaestro.vault.key-check.1".getBytes(US_ASCII);

    private final KeyEncryptionKey key;
    private final EnrolledKeys enrolledKeys;

    KeyCheck(KeyEncryptionKey key, EnrolledKeys enrolledKeys) {
        this.key = key;
        this.enrolledKeys = enrolledKeys;
    }

    Uni<KeyCheckOutcome> run() {
        return enrolledKeys
                .primary()
                .chain(found -> found.map(Uni.createFrom()::item).orElseGet(this::enrol))
                .chain(this::verify);
    }

    /** The known text, sealed by {@code key} for the row {@code kekId}. */
    static Uni<Bytes> checkValue(KeyEncryptionKey key, UUID kekId) {
        return key.wrap(KNOWN_TEXT, AssociatedData.ofKeyCheck(kekId)).map(Bytes::copyFrom);
    }

    private Uni<EnrolledKey> enrol() {
        var kekId = UUID.randomUUID();
        return checkValue(key, kekId).chain(checkValue -> enrolledKeys.enrol(kekId, checkValue));
    }

    private Uni<KeyCheckOutcome> verify(EnrolledKey enrolled) {
        return key.unwrap(enrolled.checkValue().toByteArray(), AssociatedData.ofKeyCheck(enrolled.kekId()))
                .map(opened -> MessageDigest.isEqual(opened, KNOWN_TEXT))
                .onFailure(DecryptionFailed.class)
                .recoverWithItem(false)
                .map(same -> same
                        ? new KeyCheckOutcome.Accepted(new VerifiedKey(enrolled.kekId(), key))
                        : new KeyCheckOutcome.Refused(enrolled));
    }
}
