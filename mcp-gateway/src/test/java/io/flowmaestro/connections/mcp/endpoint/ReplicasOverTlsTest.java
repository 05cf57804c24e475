package io.flowmaestro.connections.mcp.endpoint;

import static io.flowmaestro.connections.mcp.endpoint.Client.echo;
import static io.flowmaestro.connections.mcp.testing.FakeMcpServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flowmaestro.connections.mcp.endpoint.session.Signer;
import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.FakeReplica;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.mcp.testing.SuiteTls;
import io.flowmaestro.connections.testing.PeersResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The address of the replica is pinned, and its certificate is of the Service. */
@QuarkusTest
@TestProfile(ReplicasOverTlsTest.OneOfSeveral.class)
@QuarkusTestResource(PeersResource.class)
@QuarkusTestResource(value = SuiteTls.class, restrictToAnnotatedClass = true)
class ReplicasOverTlsTest {

    public static class OneOfSeveral implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "connections.mcp.replica.url", "https://10.0.0.1:8080", "connections.mcp.replica.gone", "0.2S");
        }
    }

    private final UUID alice = UUID.randomUUID();
    private final FakeMcpServer server = new FakeMcpServer();
    private final List<FakeReplica> replicas = new ArrayList<>();
    private UUID connection;

    @TestHTTPResource
    URI address;

    @Inject
    Signer signer;

    @BeforeEach
    void begin() {
        connection = StoredMcp.of(alice, server).id;
    }

    @AfterEach
    void stop() {
        replicas.forEach(FakeReplica::close);
        server.close();
    }

    private FakeReplica replica() {
        return started(new FakeReplica(address, SuiteTls.authority().certificate(SuiteTls.SERVICE)));
    }

    private FakeReplica replicaOfAnotherAuthority() {
        return started(new FakeReplica(address, SuiteTls.otherAuthority().certificate(SuiteTls.SERVICE)));
    }

    private FakeReplica started(FakeReplica replica) {
        replicas.add(replica);
        return replica;
    }

    private JsonObject call(String home) {
        return new Client(address, "/mcp/" + connection, alice)
                .with("Mcp-Session-Id", SessionsElsewhere.session(signer, home, alice, connection, new JsonObject()))
                .with("MCP-Protocol-Version", "2025-11-25")
                .request("tools/call", echo())
                .result();
    }

    private void isServedHere(FakeReplica replica, String home) {
        assertThat(call(home)).isEqualTo(text("called"));
        assertThat(server.count("tools/call")).isOne();
        assertThat(replica.arrived()).isZero();
    }

    @Test
    void passesOnToAnAddressWhoseCertificateNamesTheService() {
        var replica = replica();

        assertThat(call(replica.url())).isEqualTo(text("called"));

        assertThat(replica.passed).singleElement().satisfies(passed -> {
            assertThat(passed.path()).isEqualTo("/mcp/" + connection);
            assertThat(passed.authorization()).startsWith("Bearer ");
        });
    }

    @Test
    void reachesEachReplicaAtItsOwnAddress() {
        var one = replica();
        var two = replica();

        call(one.url());
        call(two.url());
        call(one.url());

        assertThat(one.passed).hasSize(2);
        assertThat(two.passed).hasSize(1);
    }

    @Test
    void sendsNothingToACertificateOfAnotherName() {
        var replica = started(new FakeReplica(address, SuiteTls.authority().certificate("connections-oauth-broker")));

        isServedHere(replica, replica.url());
    }

    @Test
    void sendsNothingToACertificateOfAnotherAuthority() {
        var replica = replicaOfAnotherAuthority();

        isServedHere(replica, replica.url());
    }

    @Test
    void verifiesAnAddressThatIsANameByThatName() {
        var replica = replica();
        isServedHere(replica, replica.url("localhost"));

        var named = started(new FakeReplica(address, SuiteTls.authority().certificate("localhost")));
        call(named.url("localhost"));
        assertThat(named.passed).hasSize(1);
    }

    @Test
    void sendsNothingInTheClear() {
        var replica = started(new FakeReplica(address));

        isServedHere(replica, replica.url());
    }

    @Test
    void waitsForNobodyWhoDoesNotShakeHands() throws IOException {
        try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            var began = System.nanoTime();

            assertThat(call("https://127.0.0.1:" + silent.getLocalPort())).isEqualTo(text("called"));

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void trustsTheAuthorityThatIsInTheFileNow() {
        var former = replica();
        var next = replicaOfAnotherAuthority();
        call(next.url());
        assertThat(next.arrived()).isZero();

        SuiteTls.trust(SuiteTls.otherAuthority());
        try {
            await().untilAsserted(() -> {
                call(next.url());
                assertThat(next.passed).isNotEmpty();
            });
            call(former.url());
            assertThat(former.arrived()).isZero();
        } finally {
            SuiteTls.trust(SuiteTls.authority());
        }
        await().untilAsserted(() -> {
            call(former.url());
            assertThat(former.passed).isNotEmpty();
        });
    }
}
