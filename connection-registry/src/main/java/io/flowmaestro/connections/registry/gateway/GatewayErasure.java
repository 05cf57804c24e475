package io.flowmaestro.connections.registry.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.registry.erasure.PeerErasure;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Closes a user's MCP sessions. */
@ApplicationScoped
class GatewayErasure implements PeerErasure {

    private final GatewayUsersClient gateway;

    GatewayErasure(@RestClient GatewayUsersClient gateway) {
        this.gateway = gateway;
    }

    @Override
    public String peer() {
        return "mcp-gateway";
    }

    @Override
    public Uni<JsonNode> erase(UUID user) {
        return gateway.erase(user, user).map(answer -> Objects.requireNonNull(answer.data(), "no data"));
    }
}
