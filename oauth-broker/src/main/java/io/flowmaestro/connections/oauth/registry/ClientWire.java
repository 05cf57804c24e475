package io.flowmaestro.connections.oauth.registry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.oauth.provider.RegisteredClients;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@JsonIgnoreProperties(ignoreUnknown = true)
record ClientWire(String clientId, @Nullable JsonNode secretEnvelope, UUID recordId, UUID keyScope) {

    RegisteredClients.Registered registered() {
        return new RegisteredClients.Registered(clientId, secretEnvelope, recordId, keyScope);
    }
}
