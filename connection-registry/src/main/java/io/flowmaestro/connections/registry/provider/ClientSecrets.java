package io.flowmaestro.connections.registry.provider;

import io.flowmaestro.connections.registry.data.Secret;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Seals the secrets of OAuth clients; oauth-broker alone opens them. */
public interface ClientSecrets {

    /** The envelope, JSON text. Fails with the problem {@code vault-unavailable}. */
    Uni<String> seal(UUID keyScope, UUID record, Secret secret);
}
