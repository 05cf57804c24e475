package io.flowmaestro.connections.mcp.endpoint.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.mcp.endpoint.EndpointSettings;
import io.flowmaestro.connections.mcp.endpoint.message.RpcError;
import io.flowmaestro.connections.mcp.endpoint.replica.OwnAddress;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClientSessionsTest {

    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
    private static final UUID USER = UUID.randomUUID();
    private static final Optional<UUID> CONNECTION = Optional.of(UUID.randomUUID());

    private record Settings(String secret) implements EndpointSettings {
        @Override
        public String publicUrl() {
            return "https://connections.example.com";
        }

        @Override
        public String issuer() {
            return "https://identity.example.com";
        }

        @Override
        public Optional<List<String>> uiOrigins() {
            return Optional.empty();
        }

        @Override
        public Duration sessionLifetime() {
            return Duration.ofHours(24);
        }

        @Override
        public int mostCallsPerUser() {
            return 1;
        }

        @Override
        public int mostQueued() {
            return 1;
        }

        @Override
        public int mostParked() {
            return 1;
        }

        @Override
        public int mostParkedPerUser() {
            return 1;
        }

        @Override
        public Duration listPatience() {
            return Duration.ofSeconds(1);
        }
    }

    private static ClientSessions replica(String secret, Instant now) {
        var settings = new Settings(secret);
        return new ClientSessions(
                new Signer(settings),
                Clock.fixed(now, ZoneOffset.UTC),
                new Random(),
                new OwnAddress(Optional.empty()),
                settings);
    }

    private static String begun() {
        var capabilities = McpJson.object();
        capabilities.putObject("sampling");
        return replica("the-shared-secret", NOW).begin(USER, CONNECTION, "2025-06-18", capabilities);
    }

    @Test
    void areServedByAnyReplicaOfTheSameSecret() {
        var session = replica("the-shared-secret", NOW.plusSeconds(60)).require(USER, CONNECTION, begun());

        assertThat(session.version()).isEqualTo("2025-06-18");
        assertThat(session.capabilities().has("sampling")).isTrue();
    }

    @Test
    void areOverAfterTheirTime() {
        var id = begun();

        assertThat(replica("the-shared-secret", NOW.plus(Duration.ofHours(24)).minusSeconds(1))
                        .require(USER, CONNECTION, id))
                .isNotNull();
        refused(replica("the-shared-secret", NOW.plus(Duration.ofHours(24))), USER, CONNECTION, id);
    }

    @Test
    void areRefusedToOthersElsewhereAndUnderAnotherSecret() {
        var here = replica("the-shared-secret", NOW);
        var id = begun();

        refused(here, UUID.randomUUID(), CONNECTION, id);
        refused(here, USER, Optional.empty(), id);
        refused(here, USER, CONNECTION, id.substring(1));
        refused(here, USER, CONNECTION, id.substring(0, id.indexOf('.')));
        refused(here, USER, CONNECTION, "x".repeat(100_000) + "." + id);
        refused(replica("another-secret", NOW), USER, CONNECTION, id);
    }

    @Test
    void needASecretWorthItsName() {
        assertThatThrownBy(() -> replica("short", NOW)).hasMessageContaining("CONNECTIONS_SERVICE_SECRET");
    }

    private static void refused(ClientSessions sessions, UUID user, Optional<UUID> connection, String id) {
        assertThatThrownBy(() -> sessions.require(user, connection, id))
                .isInstanceOfSatisfying(
                        RpcError.class, error -> assertThat(error.status()).isEqualTo(404));
    }

    @Test
    void holdNoMoreCapabilitiesThanAnIdCanCarry() {
        var here = replica("the-shared-secret", NOW);
        var large = McpJson.object();
        large.putObject("elicitation").put("x", "y".repeat(5_400));
        var id = here.begin(USER, CONNECTION, "2025-11-25", large);
        assertThat(here.require(USER, CONNECTION, id).capabilities()).isEqualTo(large);

        large.putObject("sampling").put("x", "y".repeat(1_000));
        assertThatThrownBy(() -> here.begin(USER, CONNECTION, "2025-11-25", large))
                .isInstanceOfSatisfying(RpcError.class, refused -> {
                    assertThat(refused.status()).isEqualTo(400);
                    assertThat(refused.error().path("message").asText()).contains("elicitation", "too large");
                });
    }
}
