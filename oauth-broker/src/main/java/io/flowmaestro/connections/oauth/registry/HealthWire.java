package io.flowmaestro.connections.oauth.registry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.flowmaestro.connections.oauth.connection.ConnectionStatus;
import io.flowmaestro.connections.oauth.connection.Health;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

@JsonIgnoreProperties(ignoreUnknown = true)
record HealthWire(String status, @Nullable String statusReason) {

    Health health() {
        return new Health(ConnectionStatus.valueOf(status.toUpperCase(Locale.ROOT)), statusReason);
    }
}
