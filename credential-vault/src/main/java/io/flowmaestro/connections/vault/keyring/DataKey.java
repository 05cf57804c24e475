package io.flowmaestro.connections.vault.keyring;

import io.flowmaestro.connections.flight.SingleFlight;
import io.flowmaestro.connections.vault.envelope.Aes256Gcm;
import io.flowmaestro.connections.vault.envelope.DecryptionFailed;
import io.flowmaestro.connections.vault.envelope.Envelope;
import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.flowmaestro.connections.vault.envelope.RecordBinding;
import io.flowmaestro.connections.vault.envelope.RecordContext;
import java.util.Arrays;

/** One version of a scope's data key, ready for use; it seals and opens the records of that scope and of no other. */
public final class DataKey {

    private final KeyScope scope;
    private final KeyVersion version;
    private final long epoch;
    private final Aes256Gcm cipher;
    private final RecordBinding binding;
    private final MessageAllowance allowance = new MessageAllowance();
    private final SingleFlight<Void> replenishing = new SingleFlight<>();

    private DataKey(KeyScope scope, KeyVersion version, long epoch, Aes256Gcm cipher) {
        this.scope = scope;
        this.version = version;
        this.epoch = epoch;
        this.cipher = cipher;
        binding = new RecordBinding(scope, version);
    }

    /** Takes the key's bytes over and wipes them; the primitive's own copy lives as long as this object is cached. */
    static DataKey of(KeyScope scope, KeyVersion version, long epoch, byte[] key) {
        try {
            return new DataKey(scope, version, epoch, Aes256Gcm.of(key));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Fails with {@link IllegalArgumentException} for a record of another scope. The plaintext stays the caller's. */
    public Envelope seal(RecordContext context, byte[] plaintext) {
        return Envelope.seal(cipher, version, plaintext, binding.of(context));
    }

    /** Gives the plaintext, owned by the caller; fails with {@link DecryptionFailed} whatever the cause. */
    public byte[] open(RecordContext context, Envelope envelope) {
        if (!context.scope().equals(scope) || !envelope.key().equals(version)) {
            throw new DecryptionFailed();
        }
        return envelope.open(cipher, binding.of(context));
    }

    public KeyScope scope() {
        return scope;
    }

    public KeyVersion version() {
        return version;
    }

    /**
     * The state of the scope's keys when this one was fetched. While the database still says the same, the scope's keys
     * were neither rotated nor withdrawn nor destroyed since.
     */
    public long epoch() {
        return epoch;
    }

    MessageAllowance allowance() {
        return allowance;
    }

    /** However many find the allowance used up at once, they wait for one reservation or one rotation. */
    SingleFlight<Void> replenishing() {
        return replenishing;
    }

    @Override
    public String toString() {
        return "DataKey[" + version + ", redacted]";
    }
}
