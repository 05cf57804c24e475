package io.flowmaestro.connections.registry.broker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flowmaestro.connections.flight.Detached;
import io.flowmaestro.connections.registry.erasure.GrantRevoker;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Ends grants by oauth-broker, which opens tokens and speaks with providers. */
@ApplicationScoped
class BrokerGrants implements GrantRevoker {

    private static final JsonMapper JSON = new JsonMapper();

    private final BrokerClient broker;

    BrokerGrants(@RestClient BrokerClient broker) {
        this.broker = broker;
    }

    @Override
    public Uni<Map<UUID, Outcome>> revoke(UUID user, List<Grant> batch) {
        var connections = batch.stream()
                .map(grant -> new BrokerClient.Grant(grant.connection(), grant.provider(), parse(grant.envelope())))
                .toList();
        return Detached.call(broker.revoke(user, user, new BrokerClient.Grants(connections)))
                .map(BrokerGrants::outcomes);
    }

    private static Map<UUID, Outcome> outcomes(BrokerClient.Revoked answer) {
        if (answer.data() == null || answer.data().connections() == null) {
            throw new IllegalStateException("the broker answered without outcomes");
        }
        Map<UUID, Outcome> outcomes = new HashMap<>();
        for (BrokerClient.Ended ended : answer.data().connections()) {
            if (ended != null && ended.id() != null) {
                outcomes.put(ended.id(), outcome(String.valueOf(ended.outcome())));
            }
        }
        return outcomes;
    }

    /** A word that is not known here promises nothing. */
    private static Outcome outcome(String wire) {
        return Arrays.stream(Outcome.values())
                .filter(outcome -> outcome.name().toLowerCase(Locale.ROOT).equals(wire))
                .findFirst()
                .orElse(Outcome.UNREACHED);
    }

    private static JsonNode parse(String envelope) {
        try {
            return JSON.readTree(envelope);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("PostgreSQL printed jsonb that is no JSON");
        }
    }
}
