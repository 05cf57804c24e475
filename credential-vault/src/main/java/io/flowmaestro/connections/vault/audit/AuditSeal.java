package io.flowmaestro.connections.vault.audit;

import com.google.crypto.tink.util.Bytes;
import io.flowmaestro.connections.vault.masterkey.VerifiedKeys;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Proves that this vault wrote something outside the audit trail: HMAC-SHA256 with the audit key. */
@ApplicationScoped
public class AuditSeal {

    private final AuditKey key;

    AuditSeal(AuditKey key) {
        this.key = key;
    }

    /**
     * The MAC of 32 bytes.
     *
     * @param canonical begins with a field that names its kind, so that one kind never passes for another
     */
    public Uni<Bytes> of(byte[] canonical) {
        return key.mac().map(mac -> mac.over(canonical));
    }

    /** Whether this is the MAC of that; also before the vault is open. */
    public Uni<Boolean> matches(VerifiedKeys keys, byte[] canonical, Bytes claimed) {
        return key.mac(keys).map(mac -> mac.over(canonical).equals(claimed));
    }
}
