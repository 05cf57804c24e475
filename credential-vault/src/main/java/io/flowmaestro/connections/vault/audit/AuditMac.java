package io.flowmaestro.connections.vault.audit;

import com.google.crypto.tink.util.Bytes;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA256 with the audit key, over the MAC before and the record's canonical bytes. The JCA keeps its own copies of
 * the key and offers no way to wipe them.
 */
final class AuditMac {

    static final int KEY_BYTES = 32;
    static final int MAC_BYTES = 32;

    /** Stands for the MAC before a chain's first record. */
    static final Bytes NONE_BEFORE = Bytes.copyFrom(new byte[MAC_BYTES]);

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private AuditMac(SecretKeySpec key) {
        this.key = key;
    }

    /** Takes the key's bytes over and wipes them. */
    static AuditMac of(byte[] key) {
        try {
            if (key.length != KEY_BYTES) {
                throw new IllegalArgumentException("An audit key has %d bytes".formatted(KEY_BYTES));
            }
            return new AuditMac(new SecretKeySpec(key, ALGORITHM));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    SealedRecord seal(Bytes before, AuditRecord record) {
        return new SealedRecord(record, over(before, record));
    }

    boolean follows(Bytes before, SealedRecord sealed) {
        return over(before, sealed.record()).equals(sealed.mac());
    }

    private Bytes over(Bytes before, AuditRecord record) {
        var mac = keyed();
        mac.update(before.toByteArray());
        return Bytes.copyFrom(mac.doFinal(record.canonical()));
    }

    /** Over something that is no record of a chain. */
    Bytes over(byte[] canonical) {
        return Bytes.copyFrom(keyed().doFinal(canonical));
    }

    private Mac keyed() {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("This Java runtime has no HMAC-SHA256", impossible);
        }
    }

    @Override
    public String toString() {
        return "AuditMac[redacted]";
    }
}
