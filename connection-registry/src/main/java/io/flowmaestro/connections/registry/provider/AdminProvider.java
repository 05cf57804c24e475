package io.flowmaestro.connections.registry.provider;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.flowmaestro.connections.catalog.Provider;
import org.jspecify.annotations.Nullable;

/** An entry as the administrator who defined it gets it back. */
record AdminProvider(
        @JsonUnwrapped Provider provider,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RegisteredClient client) {

    static AdminProvider of(Provider provider, RegisteredClient client) {
        return new AdminProvider(provider, client.clientId() == null ? null : client);
    }
}
