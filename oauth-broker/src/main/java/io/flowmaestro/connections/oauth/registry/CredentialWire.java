package io.flowmaestro.connections.oauth.registry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.oauth.connection.ConnectionMethod;
import io.flowmaestro.connections.oauth.connection.ConnectionStatus;
import io.flowmaestro.connections.oauth.connection.StoredConnection;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A connection with its envelope, as far as it is read here. */
@JsonIgnoreProperties(ignoreUnknown = true)
record CredentialWire(
        UUID id,
        String name,
        String connectionMethod,
        String provider,
        String status,
        @Nullable String statusReason,
        long credentialGeneration,
        JsonNode envelope,
        @Nullable String mcpServerUrl,
        @Nullable Boolean testDue) {

    StoredConnection of(UUID owner) {
        return new StoredConnection(
                id,
                owner,
                name,
                ConnectionMethod.valueOf(connectionMethod.toUpperCase(Locale.ROOT)),
                provider,
                ConnectionStatus.valueOf(status.toUpperCase(Locale.ROOT)),
                statusReason,
                credentialGeneration,
                envelope,
                mcpServerUrl,
                Boolean.TRUE.equals(testDue));
    }
}
