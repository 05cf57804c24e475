package io.flowmaestro.connections.registry.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.flight.Detached;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.registry.connection.ToolDiscovery;
import io.flowmaestro.connections.registry.data.ConnectionData;
import io.flowmaestro.connections.registry.data.StorableText;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;

/** Discovers through mcp-gateway, which is the only one that talks to MCP servers. */
@ApplicationScoped
class GatewayToolDiscovery implements ToolDiscovery {

    private static final JsonMapper JSON = new JsonMapper();

    private final GatewayClient gateway;

    GatewayToolDiscovery(@RestClient GatewayClient gateway) {
        this.gateway = gateway;
    }

    @Override
    public Uni<Discovered> discover(UUID user, ConnectionData.Mcp data) {
        // Its tokens come of a sign-in, which makes the connection as well.
        return data.config().path("auth_type").asText().equals("oauth2")
                ? Uni.createFrom().failure(signInInstead())
                : checked(gateway.discover(user, parse(data)), LONGEST);
    }

    @Override
    public Uni<Discovered> rediscover(UUID user, UUID connection) {
        return checked(gateway.rediscover(user, connection), LONGEST);
    }

    private static ProblemException signInInstead() {
        return RegistryProblem.invalid(List.of(new Violation(
                "data.auth_type", "oauth2 is connected by signing in: begin with GET /api/oauth/mcp/authorize")));
    }

    /**
     * What the gateway says.
     *
     * @param longest after which it is taken for away: a server that is slow is its own to report
     */
    static Uni<Discovered> checked(Uni<GatewayClient.Answer> answer, Duration longest) {
        return Detached.call(answer)
                .ifNoItem()
                .after(longest)
                .fail()
                .map(GatewayToolDiscovery::discovered)
                .onFailure()
                .transform(GatewayFailures::translate);
    }

    private static JsonNode parse(ConnectionData.Mcp data) {
        try {
            return JSON.readTree(data.plaintext().reveal());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("validated data is no JSON");
        }
    }

    private static Discovered discovered(GatewayClient.Answer answer) {
        GatewayClient.Found found = Objects.requireNonNull(answer.data(), "no data");
        JsonNode serverInfo = storable(found.serverInfo());
        if (storable(found.tools()) instanceof ArrayNode tools
                && storable(found.capabilities()) instanceof ObjectNode able) {
            return new Discovered(serverInfo, able, tools);
        }
        throw new IllegalStateException("the gateway answered without tools or capabilities");
    }

    /** What a server calls its tools is the server's choice, and must not end in a database error. */
    private static JsonNode storable(@Nullable JsonNode part) {
        JsonNode present = part == null ? JSON.createObjectNode() : part;
        if (StorableText.isUnstorable(present)) {
            throw new ProblemException(
                    RegistryProblem.MCP_PROTOCOL_ERROR,
                    "The server describes its tools with characters or nesting that cannot be stored. Its operator has to fix that.");
        }
        return present;
    }
}
