package io.flowmaestro.connections.oauth.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Clients that administrators registered with the catalogue, which the registry keeps. */
public interface RegisteredClients {

    /**
     * One client.
     *
     * @param secret the vault's envelope, if there is a secret
     * @param record what the vault knows the secret by
     * @param keyScope whose key it is sealed with
     */
    record Registered(String id, @Nullable JsonNode secret, UUID record, UUID keyScope) {}

    Uni<Optional<Registered>> find(String provider);

    /** Keys of the providers that have one. */
    Uni<Set<String>> providers();
}
