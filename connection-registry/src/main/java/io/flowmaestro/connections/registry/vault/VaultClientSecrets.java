package io.flowmaestro.connections.registry.vault;

import io.flowmaestro.connections.registry.data.Secret;
import io.flowmaestro.connections.registry.provider.ClientSecrets;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Secrets of OAuth clients, which the registry seals and cannot open again. */
@ApplicationScoped
class VaultClientSecrets implements ClientSecrets {

    static final String PURPOSE = "client-secret";

    private final VaultSealer sealer;

    VaultClientSecrets(VaultSealer sealer) {
        this.sealer = sealer;
    }

    @Override
    public Uni<String> seal(UUID keyScope, UUID record, Secret secret) {
        return sealer.seal(keyScope, record, PURPOSE, secret);
    }
}
