package io.flowmaestro.connections.vault.masterkey;

import com.google.crypto.tink.util.Bytes;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.UUID;

/** Where the enrolled key encryption keys are kept. */
interface EnrolledKeys {

    Uni<Optional<EnrolledKey>> primary();

    /** Enrols a first primary key and gives the one that stands then, which is another replica's if that was faster. */
    Uni<EnrolledKey> enrol(UUID kekId, Bytes checkValue);
}
