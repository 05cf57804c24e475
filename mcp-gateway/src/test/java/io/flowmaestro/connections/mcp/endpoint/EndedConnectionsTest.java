package io.flowmaestro.connections.mcp.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flowmaestro.connections.changes.ConnectionChanges;
import io.flowmaestro.connections.mcp.testing.Changing;
import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.FakeSocketServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.mcp.testing.ToolCalls;
import io.flowmaestro.connections.testing.PeersResource;
import io.flowmaestro.connections.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** With a database that tells of changes, which is heard. */
@QuarkusTest
@QuarkusTestResource(PeersResource.class)
@QuarkusTestResource(
        value = PostgresResource.class,
        initArgs = @ResourceArg(name = "schema", value = "mcp"),
        restrictToAnnotatedClass = true)
class EndedConnectionsTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final UUID alice = UUID.randomUUID();
    private final FakeMcpServer server = new FakeMcpServer();

    @Inject
    ConnectionChanges changes;

    @TestHTTPResource
    URI address;

    @BeforeEach
    void hear() {
        await().atMost(Duration.ofSeconds(10)).until(changes::isHearing);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonObject withToken(String token) {
        return new JsonObject()
                .put("server_url", server.url())
                .put("auth_type", "bearer")
                .put("bearer_token", token);
    }

    private StoredMcp used(String token) {
        var stored = StoredMcp.of(alice, withToken(token));
        call(stored);
        return stored;
    }

    private void call(StoredMcp stored) {
        ToolCalls.call(alice, stored.id, "echo", "{}").statusCode(200);
    }

    private static void tell(StoredMcp connection) {
        try (var database = PostgresResource.superuser();
                var sql = database.createStatement()) {
            sql.execute("notify registry_connections, '" + connection.id + "'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void untilOneSessionHasEnded(String token) {
        await().atMost(SOON).until(() -> !server.deletions().isEmpty());
        assertThat(server.deletions()).singleElement().satisfies(one -> {
            assertThat(one.headers().get("Mcp-Session-Id")).isEqualTo("session-1");
            assertThat(one.headers().get("Authorization")).isEqualTo("Bearer " + token);
        });
    }

    @Nested
    class Sessions {
        @Test
        void endWithADeletedConnectionAndItsOwnCredential() {
            var stored = used("one").deleted();
            tell(stored);

            untilOneSessionHasEnded("one");
            assertThat(server.sessions).isEmpty();
        }

        @Test
        void endWithARevokedConnection() {
            var stored = used("one").with("status", "revoked");
            tell(stored);

            untilOneSessionHasEnded("one");
        }

        @Test
        void endWithAReplacedCredentialWhileThoseOfTheNewOneGoOn() {
            var stored = used("one").replaced(withToken("two"));
            tell(stored);

            untilOneSessionHasEnded("one");
            call(stored);
            call(stored);
            tell(stored);
            call(stored);
            assertThat(server.count("initialize")).isEqualTo(2);
            assertThat(server.deletions()).hasSize(1);
        }

        @Test
        void outliveWhatLeavesTheCredentialAlone() throws InterruptedException {
            var stored = used("one");
            for (var status : new String[] {"invalid", "expired", "active"}) {
                tell(stored.with("status", status));
            }
            tell(stored.with(
                    "tool_policy",
                    new JsonObject().put("require_approval", false).put("allowed_tools", new JsonArray().add("echo"))));
            var another = used("another").deleted();
            tell(another);
            await().atMost(SOON).until(() -> !server.deletions().isEmpty());

            call(stored);
            assertThat(server.deletions())
                    .singleElement()
                    .satisfies(one ->
                            assertThat(one.headers().get("Authorization")).isEqualTo("Bearer another"));
            assertThat(server.count("initialize")).as("one for each connection").isEqualTo(2);
        }

        @Test
        void endWithoutHoldingUpAnybodyWhenTheServerIsSilent() {
            var givenUp = new AtomicBoolean();
            server.on("DELETE", (request, _) -> request.connection().closeHandler(_ -> givenUp.set(true)));
            var silent = used("one").deleted();
            tell(silent);
            await().atMost(SOON).until(() -> !server.deletions().isEmpty());

            try (var talking = new FakeMcpServer()) {
                var other = StoredMcp.of(alice, talking);
                call(other);
                tell(other.deleted());
                await().atMost(Duration.ofMillis(2900))
                        .until(() -> !talking.deletions().isEmpty());
            }
            assertThat(changes.isHearing()).isTrue();
            await().atMost(SOON).untilTrue(givenUp);
            assertThat(server.deletions()).as("it is told once").hasSize(1);
        }

        @Test
        void overAWebSocketCloseIt() {
            try (var socket = new FakeSocketServer()) {
                var stored = StoredMcp.of(
                        alice, new JsonObject().put("server_url", socket.url()).put("auth_type", "none"));
                call(stored);
                var closed = new AtomicBoolean();
                socket.sockets.getFirst().closeHandler(_ -> closed.set(true));

                tell(stored.deleted());

                await().atMost(SOON).untilTrue(closed);
            }
        }
    }

    @Nested
    class Streams {
        private final Changing changing = Changing.inSessions(server);

        private Client client(StoredMcp stored) {
            return new Client(address, "/mcp/" + stored.id, alice).initialized("2025-11-25", new JsonObject());
        }

        private void untilListened() {
            await().atMost(SOON).until(() -> changing.listening.size() == 1);
        }

        @Test
        void ofClientsEndWithADeletedConnection() throws Exception {
            var stored = StoredMcp.of(alice, withToken("one"));
            try (var ear = client(stored).listen()) {
                untilListened();

                tell(stored.deleted());

                ear.hearsTheEnd();
                await().atMost(SOON).until(changing.listening::isEmpty);
            }
        }

        @Test
        void areNotOpenedForADeletedConnection() throws Exception {
            var stored = StoredMcp.of(alice, withToken("one"));
            var client = client(stored);
            stored.deleted();
            try (var ear = client.listen()) {
                ear.hearsTheEnd();
            }
        }

        @Test
        void goOnWithTheNewCredential() throws Exception {
            var stored = StoredMcp.of(alice, withToken("one"));
            try (var ear = client(stored).listen()) {
                untilListened();

                tell(stored.replaced(withToken("two")));

                assertThat(ear.nextMethod())
                        .as("what may have been missed meanwhile")
                        .isEqualTo("notifications/tools/list_changed");
                untilListened();
                assertThat(server.seen.stream()
                                .filter(one -> one.method().name().equals("GET"))
                                .map(one -> one.headers().get("Authorization")))
                        .containsExactly("Bearer one", "Bearer two");
            }
        }

        @Test
        void standThroughWhatLeavesTheCredentialAlone() throws Exception {
            var stored = StoredMcp.of(alice, withToken("one"));
            try (var ear = client(stored).listen()) {
                untilListened();

                tell(stored.with("status", "active"));

                ear.hearsNothingFor(Duration.ofMillis(800));
                assertThat(server.seen.stream()
                                .filter(one -> one.method().name().equals("GET")))
                        .hasSize(1);
            }
        }
    }
}
