package io.flowmaestro.connections.mcp.endpoint;

import static io.flowmaestro.connections.mcp.endpoint.Client.echo;
import static io.flowmaestro.connections.mcp.testing.FakeMcpServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flowmaestro.connections.mcp.endpoint.session.Signer;
import io.flowmaestro.connections.mcp.testing.Changing;
import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.FakeReplica;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.testing.PeersResource;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ReplicasTest.OneOfSeveral.class)
@QuarkusTestResource(PeersResource.class)
class ReplicasTest {

    private static final String SELF = "http://10.0.0.1:8080";

    public static class OneOfSeveral implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("connections.mcp.replica.url", SELF, "connections.mcp.replica.gone", "0.2S");
        }
    }

    private final UUID alice = UUID.randomUUID();
    private final FakeMcpServer server = new FakeMcpServer();
    private FakeReplica other;
    private UUID connection;

    @TestHTTPResource
    URI address;

    @Inject
    Signer signer;

    @BeforeEach
    void begin() {
        other = new FakeReplica(address);
        connection = StoredMcp.of(alice, server).id;
    }

    @AfterEach
    void stop() {
        other.close();
        server.close();
    }

    private String session(String home, JsonObject capabilities) {
        return SessionsElsewhere.session(signer, home, alice, connection, capabilities);
    }

    private Client inSession(String id) {
        return new Client(address, "/mcp/" + connection, alice)
                .with("Mcp-Session-Id", id)
                .with("MCP-Protocol-Version", "2025-11-25");
    }

    private Client ofOther(JsonObject capabilities) {
        return inSession(session(other.url(), capabilities));
    }

    private static JsonObject answer(Object id) {
        return new JsonObject()
                .put("jsonrpc", "2.0")
                .put("id", id)
                .put("result", new JsonObject().put("action", "decline"));
    }

    private void asksFirst() {
        server.on("tools/call", (request, message) -> {
            var stream = server.stream(request);
            stream.write(LegacyStreamTest.event(
                    Client.message(77, "elicitation/create", new JsonObject().put("message", "Who?"))));
            server.vertx().setPeriodic(20, timer -> {
                if (!server.replies().isEmpty()) {
                    server.vertx().cancelTimer(timer);
                    stream.end(LegacyStreamTest.event(FakeMcpServer.answer(message.getValue("id"), text("thanks"))));
                }
            });
        });
    }

    @Nested
    class Sessions {
        @Test
        void ofAnotherReplicaAreServedThere() {
            var answer = ofOther(new JsonObject()).request("tools/call", echo());

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.result()).isEqualTo(text("called"));
            assertThat(other.passed).hasSize(1);
            var passed = other.passed.getFirst();
            assertThat(passed.path()).isEqualTo("/mcp/" + connection);
            assertThat(passed.authorization()).startsWith("Bearer ");
            assertThat(new JsonObject(passed.body()).getString("method")).isEqualTo("tools/call");
        }

        @Test
        void bringAnswersToTheReplicaThatAsked() throws Exception {
            asksFirst();
            var client = ofOther(new JsonObject().put("elicitation", new JsonObject()));

            try (var ear =
                    new Ear(client.open(Client.message(5, "tools/call", echo()).encode()))) {
                var question = ear.next();
                assertThat(client.post(answer(question.getValue("id"))).status())
                        .isEqualTo(202);
                assertThat(ear.next().getJsonObject("result")).isEqualTo(text("thanks"));
            }
            assertThat(other.passed).hasSize(2);
        }

        @Test
        void haveTheirCallsCancelledWhereTheyAre() throws Exception {
            server.on("tools/call", (request, _) -> server.stream(request).write(": wait\n\n"));
            var client = ofOther(new JsonObject());
            var call = CompletableFuture.supplyAsync(() -> client.post(Client.message(9, "tools/call", echo())));
            await().until(() -> server.count("tools/call") > 0);

            client.post(new JsonObject()
                    .put("jsonrpc", "2.0")
                    .put("method", "notifications/cancelled")
                    .put("params", new JsonObject().put("requestId", 9)));

            assertThat(call.get().error().getString("message")).contains("Cancelled");
        }

        @Test
        void haveTheirStreamThereAndLetGoOfItWhenTheClientGoes() throws Exception {
            var changing = Changing.inSessions(server);
            try (var ear = ofOther(new JsonObject()).listen()) {
                await().until(() -> !changing.listening.isEmpty());
                changing.tell("notifications/tools/list_changed", new JsonObject());
                assertThat(ear.nextMethod()).isEqualTo("notifications/tools/list_changed");
                assertThat(other.passed.getFirst().method()).isEqualTo("GET");
            }
            await().until(changing.listening::isEmpty);
        }

        @Test
        void endThere() {
            var client = ofOther(new JsonObject());

            assertThat(client.delete().status()).isEqualTo(204);

            assertThat(other.passed.getFirst().method()).isEqualTo("DELETE");
        }

        @Test
        void ofThisReplicaAreServedHere() {
            assertThat(inSession(session(SELF, new JsonObject()))
                            .request("ping", new JsonObject())
                            .result())
                    .isEqualTo(new JsonObject());
            var begun = new Client(address, "/mcp/" + connection, alice).initialized("2025-11-25", new JsonObject());
            assertThat(begun.request("ping", new JsonObject()).result()).isEqualTo(new JsonObject());

            assertThat(other.passed).isEmpty();
        }

        @Test
        void ofAReplicaThatIsGoneAreServedHere() {
            var client = ofOther(new JsonObject());
            other.close();

            assertThat(client.request("tools/call", echo()).result()).isEqualTo(text("called"));
            other = new FakeReplica(address);
        }

        @Test
        void ofAReplicaThatEndsAreServedHere() {
            other.ends = true;

            assertThat(ofOther(new JsonObject()).request("tools/call", echo()).result())
                    .isEqualTo(text("called"));
            assertThat(server.count("tools/call")).isOne();
        }

        @Test
        void thatNobodySignedLeadNowhere() {
            var signed = session(other.url(), new JsonObject());
            var forged = signed.substring(0, signed.indexOf('.')) + ".AAAA";

            assertThat(inSession(forged).request("ping", new JsonObject()).status())
                    .isEqualTo(404);
            assertThat(inSession(signed)
                            .with("Authorization", "Bearer " + Tokens.user(UUID.randomUUID()))
                            .request("ping", new JsonObject())
                            .status())
                    .isEqualTo(404);
            assertThat(other.passed).isEmpty();
        }

        @Test
        void arePassedOnOnce() {
            var answer = ofOther(new JsonObject())
                    .with("X-Connections-Forwarded", "1")
                    .request("ping", new JsonObject());

            assertThat(answer.result()).isEqualTo(new JsonObject());
            assertThat(other.passed).isEmpty();
        }
    }

    @Nested
    class ParkedCalls {
        /** The state that this replica gave, as the other one would have given it. */
        private String elsewhere(String state) {
            var content = signer.verify("parked call", state.substring("parked.".length()))
                    .orElseThrow();
            assertThat(content.path("h").asText()).isEqualTo(SELF);
            return "parked." + signer.sign("parked call", content.put("h", other.url()));
        }

        @Test
        void areTakenUpWhereTheyWait() {
            asksFirst();
            var client = new Client(address, "/mcp/" + connection, alice);
            var capabilities = new JsonObject().put("elicitation", new JsonObject());
            var asked = client.modern("tools/call", echo(), capabilities).result();
            var key =
                    asked.getJsonObject("inputRequests").fieldNames().iterator().next();
            assertThat(other.passed).isEmpty();

            var done = client.modern(
                    "tools/call",
                    echo().put("requestState", elsewhere(asked.getString("requestState")))
                            .put(
                                    "inputResponses",
                                    new JsonObject().put(key, new JsonObject().put("action", "decline"))),
                    capabilities);

            assertThat(done.result().getJsonArray("content"))
                    .isEqualTo(text("thanks").getJsonArray("content"));
            assertThat(other.passed).hasSize(1);
        }
    }
}
