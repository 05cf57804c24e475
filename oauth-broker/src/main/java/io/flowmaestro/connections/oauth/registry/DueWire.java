package io.flowmaestro.connections.oauth.registry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.flowmaestro.connections.oauth.background.DueRefreshes;
import java.util.List;
import java.util.UUID;

@JsonIgnoreProperties(ignoreUnknown = true)
record DueWire(List<Entry> connections) {

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Entry(UUID id, UUID userId, String provider) {}

    List<DueRefreshes.Due> due() {
        return connections.stream()
                .map(entry -> new DueRefreshes.Due(entry.id(), entry.userId(), entry.provider()))
                .toList();
    }
}
