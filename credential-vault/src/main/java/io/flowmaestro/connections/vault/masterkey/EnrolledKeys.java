package io.flowmaestro.connections.vault.masterkey;

import com.google.crypto.tink.util.Bytes;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.UUID;

/** Where the enrolled key encryption keys are kept. */
interface EnrolledKeys {

    /** All of them, the oldest first. */
    Uni<List<EnrolledKey>> all();

    /** Enrols a first primary key, unless another replica was faster. */
    Uni<Void> enrolPrimary(UUID kekId, String provider, Bytes checkValue);

    /**
     * Enrols a key to change to, unless another one waits that a live replica holds; one that nobody holds, and that is not quite new, is
     * given up.
     */
    Uni<Void> enrolNext(UUID kekId, String provider, Bytes checkValue);
}
