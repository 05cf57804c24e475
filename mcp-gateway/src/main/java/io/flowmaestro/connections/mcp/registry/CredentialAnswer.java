package io.flowmaestro.connections.mcp.registry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.mcp.connection.StoredConnection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@JsonIgnoreProperties(ignoreUnknown = true)
record CredentialAnswer(Data data) {

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Data(
            UUID id,
            String connectionMethod,
            String status,
            @Nullable String statusReason,
            long credentialGeneration,
            JsonNode envelope,
            @Nullable Boolean testDue) {}

    StoredConnection connection() {
        return new StoredConnection(
                data.id(),
                data.connectionMethod(),
                data.status(),
                data.statusReason(),
                data.credentialGeneration(),
                data.envelope(),
                Boolean.TRUE.equals(data.testDue()));
    }
}
