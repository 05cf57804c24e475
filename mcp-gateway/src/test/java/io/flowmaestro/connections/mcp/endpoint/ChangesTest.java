package io.flowmaestro.connections.mcp.endpoint;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flowmaestro.connections.mcp.testing.Changing;
import io.flowmaestro.connections.mcp.testing.FakeEventServer;
import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.FakeSocketServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.testing.Peers;
import io.flowmaestro.connections.testing.PeersResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ChangesTest.Quick.class)
@QuarkusTestResource(PeersResource.class)
class ChangesTest {

    public static class Quick implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "connections.mcp.watch.shortest-pause", "0.2S",
                    "connections.mcp.watch.settle", "0.2S",
                    "connections.mcp.watch.check", "0.5S",
                    "connections.mcp.streams.beat", "0.2S",
                    "connections.mcp.streams.most-per-user", "2");
        }
    }

    private static final String TOOLS = "notifications/tools/list_changed";
    private static final String PROMPTS = "notifications/prompts/list_changed";
    private static final String RESOURCES = "notifications/resources/list_changed";
    private static final String UPDATED = "notifications/resources/updated";
    private static final String MARK = "io.modelcontextprotocol/subscriptionId";
    private static final JsonObject EVERYTHING = new JsonObject()
            .put("toolsListChanged", true)
            .put("promptsListChanged", true)
            .put("resourceSubscriptions", Client.array("a:b"));

    private final UUID alice = UUID.randomUUID();
    private final FakeMcpServer server = new FakeMcpServer();

    @TestHTTPResource
    URI address;

    @AfterEach
    void stop() {
        server.close();
    }

    private Client client(UUID connection) {
        return new Client(address, "/mcp/" + connection, alice);
    }

    private UUID stored() {
        return StoredMcp.of(alice, server).id;
    }

    private Client inSession(UUID connection) {
        return client(connection).initialized("2025-11-25", new JsonObject());
    }

    private static JsonObject uri(String uri) {
        return new JsonObject().put("uri", uri);
    }

    private void untilListened(Changing changing) {
        await().until(() -> !changing.listening.isEmpty());
    }

    private Client subscribed(UUID connection) {
        var client = inSession(connection);
        assertThat(client.request("resources/subscribe", uri("a:b")).result()).isEqualTo(new JsonObject());
        return client;
    }

    private static void unsubscribe(Client client) {
        assertThat(client.request("resources/unsubscribe", uri("a:b")).result()).isEqualTo(new JsonObject());
    }

    private long streamsAskedFor() {
        return server.seen.stream()
                .filter(one -> one.method() == HttpMethod.GET)
                .count();
    }

    private static void hearsThatAllMayHaveChanged(Ear ear, String uri) throws InterruptedException {
        assertThat(ear.nextMethod()).isEqualTo(TOOLS);
        assertThat(ear.nextMethod()).isEqualTo(PROMPTS);
        assertThat(ear.nextMethod()).isEqualTo(RESOURCES);
        var updated = ear.next();
        assertThat(updated.getString("method")).isEqualTo(UPDATED);
        assertThat(updated.getJsonObject("params")).isEqualTo(uri(uri));
    }

    @Nested
    class ClientsInSessions {
        @Test
        void hearWhatAServerOfSessionsTells() throws Exception {
            var changing = Changing.inSessions(server);
            try (var ear = inSession(stored()).listen()) {
                assertThat(ear.response.statusCode()).isEqualTo(200);
                assertThat(ear.response.headers().firstValue("Content-Type")).contains("text/event-stream");
                untilListened(changing);

                changing.tell(TOOLS, new JsonObject());
                changing.tell(
                        "notifications/message",
                        new JsonObject().put("level", "info").put("data", "words"));

                assertThat(ear.nextMethod()).isEqualTo(TOOLS);
                assertThat(ear.next().getJsonObject("params").getString("data")).isEqualTo("words");
            }
        }

        @Test
        void hearWhatAStatelessServerTells() throws Exception {
            var changing = Changing.stateless(server);
            try (var ear = inSession(stored()).listen()) {
                untilListened(changing);

                changing.tell(TOOLS, new JsonObject().put("_meta", new JsonObject().put(MARK, 1)));

                assertThat(ear.next())
                        .isEqualTo(new JsonObject("{\"jsonrpc\":\"2.0\",\"method\":\"" + TOOLS + "\",\"params\":{}}"));
            }
        }

        @Test
        void areToldOfTheResourcesTheySubscribedToAlone() throws Exception {
            var changing = Changing.inSessions(server);
            var client = inSession(stored());
            assertThat(client.request("resources/subscribe", uri("a:b")).result())
                    .isEqualTo(new JsonObject());
            try (var ear = client.listen()) {
                untilListened(changing);
                assertThat(server.last("resources/subscribe").message().getJsonObject("params"))
                        .isEqualTo(uri("a:b"));

                changing.tell(UPDATED, uri("a:c"));
                changing.tell(UPDATED, uri("a:b"));
                assertThat(ear.next().getJsonObject("params")).isEqualTo(uri("a:b"));

                client.request("resources/unsubscribe", uri("a:b"));
                changing.tell(UPDATED, uri("a:b"));
                ear.hearsNothingFor(Duration.ofMillis(300));
            }
        }

        @Test
        void maySubscribeWhileTheyListen() throws Exception {
            var changing = Changing.inSessions(server);
            var client = inSession(stored());
            try (var ear = client.listen()) {
                untilListened(changing);

                assertThat(client.request("resources/subscribe", uri("a:b")).result())
                        .isEqualTo(new JsonObject());
                changing.tell(UPDATED, uri("a:b"));

                assertThat(ear.next().getJsonObject("params")).isEqualTo(uri("a:b"));
                ear.hearsNothingFor(Duration.ofMillis(300));
                assertThat(streamsAskedFor()).isOne();
                assertThat(server.count("resources/subscribe")).isOne();
            }
        }

        @Test
        void maySubscribeInASessionThatTheServerHasForgotten() throws Exception {
            var changing = Changing.inSessions(server);
            var client = inSession(stored());
            try (var ear = client.listen()) {
                untilListened(changing);
                server.sessions.clear();

                client.request("resources/subscribe", uri("a:b"));

                hearsThatAllMayHaveChanged(ear, "a:b");
                assertThat(streamsAskedFor()).isEqualTo(2);
            }
        }

        @Test
        void areToldOfTheirResourcesUntilTheLastOfThemUnsubscribes() throws Exception {
            var changing = Changing.inSessions(server);
            var connection = stored();
            var one = subscribed(connection);
            var other = subscribed(connection);
            try (var leaves = one.listen();
                    var stays = other.listen()) {
                untilListened(changing);

                unsubscribe(one);
                assertThat(server.count("resources/unsubscribe")).isZero();
                changing.tell(UPDATED, uri("a:b"));
                assertThat(stays.next().getJsonObject("params")).isEqualTo(uri("a:b"));
                leaves.hearsNothingFor(Duration.ofMillis(300));

                unsubscribe(other);
                assertThat(server.count("resources/unsubscribe")).isOne();
            }
        }

        @Test
        void areToldOnWhenTheServerRefusesToUnsubscribeThem() throws Exception {
            var changing = Changing.inSessions(server);
            server.on("resources/unsubscribe", (request, message) -> server.error(request, message, -32603));
            var client = subscribed(stored());
            try (var ear = client.listen()) {
                untilListened(changing);

                assertThat(client.request("resources/unsubscribe", uri("a:b"))
                                .error()
                                .getInteger("code"))
                        .isEqualTo(-32603);
                changing.tell(UPDATED, uri("a:b"));

                assertThat(ear.next().getJsonObject("params")).isEqualTo(uri("a:b"));
                assertThat(streamsAskedFor()).isOne();
            }
        }

        @Test
        void maySubscribeWhileTheyListenToAStatelessServer() throws Exception {
            var changing = Changing.stateless(server);
            var client = inSession(stored());
            try (var ear = client.listen()) {
                untilListened(changing);

                assertThat(client.request("resources/subscribe", uri("a:b")).result())
                        .isEqualTo(new JsonObject());
                await().until(() ->
                        server.last("subscriptions/listen").message().encode().contains("a:b"));
                await().until(() -> changing.listening.size() == 1);
                hearsThatAllMayHaveChanged(ear, "a:b");

                changing.tell(UPDATED, uri("a:b"));
                assertThat(ear.next().getJsonObject("params")).isEqualTo(uri("a:b"));
            }
        }

        @Test
        void haveOneStreamThatEndsWithTheSession() throws Exception {
            Changing.inSessions(server);
            var client = inSession(stored());
            try (var first = client.listen();
                    var second = client.listen()) {
                first.hearsTheEnd();

                client.delete();
                second.hearsTheEnd();
            }
        }

        @Test
        void haveABoundedNumberOfStreams() {
            Changing.inSessions(server);
            var connection = stored();
            try (var _ = inSession(connection).listen();
                    var _ = inSession(connection).listen()) {
                assertThat(inSession(connection).get().status()).isEqualTo(429);
            }
            await().until(() -> {
                try (var again = inSession(connection).listen()) {
                    return again.response.statusCode() == 200;
                }
            });
        }
    }

    @Nested
    class StatelessClients {
        @Test
        void areToldFirstWhatTheyWillHear() throws Exception {
            var changing = Changing.inSessions(server);
            try (var ear = client(stored()).listen(EVERYTHING)) {
                var acknowledged = ear.next();
                assertThat(acknowledged.getString("method")).isEqualTo("notifications/subscriptions/acknowledged");
                assertThat(acknowledged.getJsonObject("params"))
                        .isEqualTo(new JsonObject()
                                .put(
                                        "notifications",
                                        new JsonObject()
                                                .put("toolsListChanged", true)
                                                .put("resourceSubscriptions", Client.array("a:b")))
                                .put("_meta", new JsonObject().put(MARK, 1)));
                untilListened(changing);

                changing.tell("notifications/resources/list_changed", new JsonObject());
                changing.tell(UPDATED, uri("a:c"));
                changing.tell(UPDATED, uri("a:b"));
                changing.tell(TOOLS, new JsonObject());

                assertThat(ear.next().getJsonObject("params"))
                        .isEqualTo(uri("a:b").put("_meta", new JsonObject().put(MARK, 1)));
                assertThat(ear.nextMethod()).isEqualTo(TOOLS);
            }
        }

        @Test
        void areLetGoOfWhenThereIsNothingToHear() throws Exception {
            try (var ear = client(stored()).listen(EVERYTHING)) {
                assertThat(ear.nextMethod()).isEqualTo("notifications/subscriptions/acknowledged");
                assertThat(ear.next().getJsonObject("result"))
                        .isEqualTo(new JsonObject()
                                .put("resultType", "complete")
                                .put("_meta", new JsonObject().put(MARK, 1)));
                ear.hearsTheEnd();
            }
        }

        @Test
        void goOnHearingOfAResourceThatAnotherClientUnsubscribesFrom() throws Exception {
            var changing = Changing.inSessions(server);
            var connection = stored();
            try (var ear = client(connection).listen(EVERYTHING)) {
                ear.next();
                untilListened(changing);

                unsubscribe(subscribed(connection));

                assertThat(server.count("resources/unsubscribe")).isZero();
                changing.tell(UPDATED, uri("a:b"));
                assertThat(ear.nextMethod()).isEqualTo(UPDATED);
            }
        }

        @Test
        void hearOfAResourceThatTheLastClientHasUnsubscribedFrom() throws Exception {
            var changing = Changing.inSessions(server);
            var connection = stored();
            var client = inSession(connection);
            try (var _ = client.listen()) {
                untilListened(changing);
                client.request("resources/subscribe", uri("a:b"));
                unsubscribe(client);
                assertThat(server.count("resources/unsubscribe")).isOne();

                try (var ear =
                        client(connection).listen(new JsonObject().put("resourceSubscriptions", Client.array("a:b")))) {
                    ear.next();

                    assertThat(ear.next().getJsonObject("params").getString("uri"))
                            .isEqualTo("a:b");
                    assertThat(server.count("resources/subscribe")).isEqualTo(2);
                }
            }
        }

        @Test
        void haveToSayWhatTheyWantToHear() {
            Changing.inSessions(server);

            var answer = client(stored()).modern("subscriptions/listen", new JsonObject(), new JsonObject());

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.error().getInteger("code")).isEqualTo(-32602);
        }
    }

    @Nested
    class ServersThatStandAnyway {
        private static JsonObject capabilities() {
            return new JsonObject()
                    .put("tools", new JsonObject().put("listChanged", true))
                    .put("resources", new JsonObject().put("subscribe", true));
        }

        private Client clientOf(String url) {
            return inSession(StoredMcp.of(alice, new JsonObject().put("server_url", url)).id);
        }

        @Test
        void tellOnTheirEventStream() throws Exception {
            try (var old = new FakeEventServer()) {
                old.on(
                        "initialize",
                        (stream, message) -> FakeEventServer.result(
                                stream,
                                message,
                                new JsonObject()
                                        .put("protocolVersion", "2024-11-05")
                                        .put("capabilities", capabilities())));
                old.on(
                        "resources/subscribe",
                        (stream, message) -> FakeEventServer.result(stream, message, new JsonObject()));
                var client = clientOf(old.url());
                client.request("resources/subscribe", uri("a:b"));
                try (var ear = client.listen()) {
                    await().until(() -> old.count("resources/subscribe") == 2);

                    old.streams.getLast().write(Changing.event(TOOLS, new JsonObject()));
                    old.streams.getLast().write(Changing.event(UPDATED, uri("a:b")));

                    assertThat(ear.nextMethod()).isEqualTo(TOOLS);
                    assertThat(ear.nextMethod()).isEqualTo(UPDATED);
                }
            }
        }

        @Test
        void tellOnTheirWebSocket() throws Exception {
            try (var sockets = new FakeSocketServer()) {
                sockets.on(
                        "initialize",
                        (socket, message) -> socket.writeTextMessage(FakeMcpServer.answer(
                                        message.getValue("id"),
                                        new JsonObject()
                                                .put("protocolVersion", "2025-11-25")
                                                .put("capabilities", capabilities()))
                                .encode()));
                try (var ear = clientOf(sockets.url()).listen()) {
                    // Nothing shows here since when it is listened to.
                    await().until(() -> {
                        sockets.sockets
                                .getLast()
                                .writeTextMessage(new JsonObject()
                                        .put("jsonrpc", "2.0")
                                        .put("method", TOOLS)
                                        .encode());
                        return ear.hasHeard();
                    });

                    assertThat(ear.nextMethod()).isEqualTo(TOOLS);
                }
            }
        }
    }

    @Nested
    class Servers {
        @Test
        void areListenedToOnceForAllWhoWantToHearAndNoLonger() throws Exception {
            var changing = Changing.inSessions(server);
            var connection = stored();
            try (var one = inSession(connection).listen()) {
                untilListened(changing);
                try (var other = client(connection).listen(new JsonObject().put("toolsListChanged", true))) {
                    other.next();
                    changing.tell(TOOLS, new JsonObject());

                    assertThat(one.nextMethod()).isEqualTo(TOOLS);
                    assertThat(other.nextMethod()).isEqualTo(TOOLS);
                    assertThat(changing.listening).hasSize(1);
                }
                changing.tell(TOOLS, new JsonObject());
                assertThat(one.nextMethod()).isEqualTo(TOOLS);
            }
            await().until(changing.listening::isEmpty);
        }

        @Test
        void areListenedToAgainAndWhatWasMissedIsMadeUpFor() throws Exception {
            var changing = Changing.inSessions(server);
            try (var ear = subscribed(stored()).listen()) {
                untilListened(changing);

                changing.end();

                hearsThatAllMayHaveChanged(ear, "a:b");
                assertThat(changing.listening).hasSize(1);
            }
        }

        @Test
        void areListenedToInAnotherSessionWhenTheyForgetTheOne() throws Exception {
            var changing = Changing.inSessions(server);
            try (var ear = inSession(stored()).listen()) {
                untilListened(changing);
                server.sessions.clear();

                changing.end();

                assertThat(ear.nextMethod()).isEqualTo(TOOLS);
            }
        }

        @Test
        void areNotListenedToWithACredentialThatIsNoLongerTheConnections() {
            var changing = Changing.inSessions(server);
            var stored = StoredMcp.of(alice, server);
            try (var _ = inSession(stored.id).listen()) {
                untilListened(changing);
                var before = changing.listening.getFirst();

                stored.with("credential_generation", 2);

                await().until(() -> changing.listening.size() == 1 && changing.listening.getFirst() != before);
                stored.with("status", "revoked");
                await().until(changing.listening::isEmpty);
            }
        }

        @Test
        void thatSayTheirToolsChangedAreLookedAtByTheRegistry() {
            var changing = Changing.inSessions(server);
            var connection = stored();
            var path = "/internal/connections/" + connection + "/refresh-tools";
            Peers.wiremock().register(post(path).willReturn(okJson("{\"success\":true,\"data\":{}}")));
            try (var _ = inSession(connection).listen()) {
                untilListened(changing);

                changing.tell(TOOLS, new JsonObject());
                changing.tell(TOOLS, new JsonObject());

                await().until(() -> Peers.wiremock()
                                .find(postRequestedFor(urlEqualTo(path)))
                                .size()
                        == 1);
            }
            assertThat(Peers.wiremock()
                            .find(postRequestedFor(urlEqualTo(path)))
                            .getFirst()
                            .getHeader("X-On-Behalf-Of"))
                    .isEqualTo(alice.toString());
        }
    }
}
