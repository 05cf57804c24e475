package io.flowmaestro.connections.vault.masterkey;

import io.smallrye.mutiny.Uni;

/** Something that has to be done with the verified keys before the vault seals or opens anything. Safe to repeat. */
public interface OpeningStep {

    /** Completes when the vault may open; a failure keeps it shut, and is tried again. */
    Uni<Void> beforeOpening(VerifiedKeys keys);
}
