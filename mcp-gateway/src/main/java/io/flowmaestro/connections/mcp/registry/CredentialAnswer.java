package io.flowmaestro.connections.mcp.registry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.mcp.connection.StoredConnection;
import io.flowmaestro.connections.mcp.connection.ToolPolicy;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
            @Nullable Boolean testDue,
            @Nullable Policy toolPolicy) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Policy(
            boolean requireApproval,
            @Nullable Set<String> allowedTools,
            @Nullable Map<String, String> approved) {

        ToolPolicy policy() {
            return new ToolPolicy(requireApproval, allowedTools, Objects.requireNonNullElse(approved, Map.of()));
        }
    }

    StoredConnection connection() {
        return new StoredConnection(
                data.id(),
                data.connectionMethod(),
                data.status(),
                data.statusReason(),
                data.credentialGeneration(),
                data.envelope(),
                Boolean.TRUE.equals(data.testDue()),
                data.toolPolicy() == null ? ToolPolicy.OPEN : data.toolPolicy().policy());
    }
}
