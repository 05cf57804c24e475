package io.flowmaestro.connections.oauth.registry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.oauth.revocation.RevocationQueue;
import java.util.List;
import java.util.UUID;

@JsonIgnoreProperties(ignoreUnknown = true)
record RevocationsWire(List<Entry> connections) {

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Entry(UUID id, UUID userId, String provider, long credentialGeneration, JsonNode envelope) {

        RevocationQueue.Claimed claimed() {
            return new RevocationQueue.Claimed(id, userId, provider, credentialGeneration, envelope);
        }
    }

    List<RevocationQueue.Claimed> claimed() {
        return connections.stream().map(Entry::claimed).toList();
    }
}
