package io.flowmaestro.connections.oauth.registry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.oauth.revocation.RevocationQueue;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@JsonIgnoreProperties(ignoreUnknown = true)
record RevocationsWire(List<Entry> connections) {

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Entry(
            UUID id,
            UUID userId,
            String provider,
            long credentialGeneration,
            JsonNode envelope,
            @Nullable Boolean othersLive) {

        /** Who does not say is taken to have others: leaving a token to end by itself is the lesser harm. */
        RevocationQueue.Claimed claimed() {
            return new RevocationQueue.Claimed(
                    id, userId, provider, credentialGeneration, envelope, !Boolean.FALSE.equals(othersLive));
        }
    }

    List<RevocationQueue.Claimed> claimed() {
        return connections.stream().map(Entry::claimed).toList();
    }
}
