package io.flowmaestro.connections.registry.credential;

import io.quarkus.arc.Arc;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** The read of a credential, for proofs in other packages. */
public final class CredentialWork {

    private CredentialWork() {}

    /** The envelope. */
    public static Uni<String> envelope(UUID user, UUID connection) {
        return Arc.container()
                .instance(CredentialRepository.class)
                .get()
                .require(user, connection)
                .map(SealedCredential::envelope);
    }
}
