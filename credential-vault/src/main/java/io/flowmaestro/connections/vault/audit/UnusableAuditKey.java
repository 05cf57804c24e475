package io.flowmaestro.connections.vault.audit;

/** The stored audit key does not unwrap. Nothing can be recorded then, so nothing is done: an operator has to act. */
final class UnusableAuditKey extends RuntimeException {

    UnusableAuditKey(WrappedAuditKey key) {
        super("""
                Audit key %s does not unwrap: its row in vault.audit_keys was altered, or it was wrapped by another key than \
                %s. Restore the row from a backup.""".formatted(key.id(), key.kekId()));
    }
}
