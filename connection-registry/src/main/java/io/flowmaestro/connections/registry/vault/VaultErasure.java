package io.flowmaestro.connections.registry.vault;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.registry.erasure.PeerErasure;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Destroys a user's keys: what was sealed with them, backups included, is gone for good. */
@ApplicationScoped
class VaultErasure implements PeerErasure {

    private final VaultClient vault;

    VaultErasure(@RestClient VaultClient vault) {
        this.vault = vault;
    }

    @Override
    public String peer() {
        return "credential-vault";
    }

    @Override
    public Uni<JsonNode> erase(UUID user) {
        return vault.destroyKeys(user, user).map(answer -> Objects.requireNonNull(answer.data(), "no receipt"));
    }
}
