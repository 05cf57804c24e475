package io.flowmaestro.connections.registry.broker;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.registry.erasure.PeerErasure;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Removes a user's flows and leases. */
@ApplicationScoped
class BrokerErasure implements PeerErasure {

    private final BrokerClient broker;

    BrokerErasure(@RestClient BrokerClient broker) {
        this.broker = broker;
    }

    @Override
    public String peer() {
        return "oauth-broker";
    }

    @Override
    public Uni<JsonNode> erase(UUID user) {
        return broker.erase(user, user).map(answer -> Objects.requireNonNull(answer.data(), "no data"));
    }
}
