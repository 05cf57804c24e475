package io.flowmaestro.connections.mcp.endpoint;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static io.flowmaestro.connections.mcp.testing.FakeMcpServer.text;
import static io.flowmaestro.connections.mcp.testing.FakeMcpServer.tools;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flowmaestro.connections.mcp.testing.Changing;
import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.testing.Peers;
import io.flowmaestro.connections.testing.PeersResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class AllConnectionsTest {

    private final UUID alice = UUID.randomUUID();
    private final FakeMcpServer files = new FakeMcpServer();
    private final FakeMcpServer mail = new FakeMcpServer();
    private StoredMcp filesConnection;
    private StoredMcp mailConnection;

    @TestHTTPResource
    URI address;

    @BeforeEach
    void connect() {
        filesConnection = StoredMcp.of(alice, files);
        mailConnection = StoredMcp.of(alice, mail);
        var listed = new JsonArray()
                .add(new JsonObject().put("id", filesConnection.id.toString()).put("name", "Files"))
                .add(new JsonObject().put("id", mailConnection.id.toString()).put("name", "Mail"));
        Peers.wiremock()
                .register(get("/internal/mcp-connections")
                        .withHeader("X-On-Behalf-Of", equalTo(alice.toString()))
                        .willReturn(okJson(new JsonObject()
                                .put("success", true)
                                .put("data", listed)
                                .encode())));
    }

    @AfterEach
    void stop() {
        files.close();
        mail.close();
    }

    private Client client() {
        return new Client(address, "/mcp", alice).initialized("2025-11-25", new JsonObject());
    }

    private static List<String> names(Client.Got answer, String list, String field) {
        return answer.result().getJsonArray(list).stream()
                .map(JsonObject.class::cast)
                .map(entry -> entry.getString(field))
                .sorted()
                .toList();
    }

    private static JsonObject call(String name) {
        return new JsonObject().put("name", name).put("arguments", new JsonObject());
    }

    @Test
    void showsEachServersToolsUnderItsPrefix() {
        assertThat(names(client().request("tools/list", new JsonObject()), "tools", "name"))
                .containsExactly("files_add", "files_echo", "mail_add", "mail_echo");
        assertThat(new Client(address, "/mcp", alice)
                        .modern("tools/list", new JsonObject(), new JsonObject())
                        .result()
                        .getJsonArray("tools"))
                .hasSize(4);
    }

    @Test
    void callsTheRightOneUnderItsOwnName() {
        mail.on("tools/call", (request, message) -> mail.result(request, message, text("sent")));

        assertThat(client().request("tools/call", call("mail_echo")).result()).isEqualTo(text("sent"));
        assertThat(mail.last("tools/call").message().getJsonObject("params").getString("name"))
                .isEqualTo("echo");
        assertThat(files.count("tools/call")).isZero();
    }

    @Test
    void mapsNamesBackThatHadToBeReplaced() {
        files.on("tools/list", (request, message) -> files.result(request, message, tools("files/read")));
        var client = client();
        var name = names(client.request("tools/list", new JsonObject()), "tools", "name")
                .getFirst();

        assertThat(client.request("tools/call", call(name)).result()).isEqualTo(text("called"));
        assertThat(files.last("tools/call").message().getJsonObject("params").getString("name"))
                .isEqualTo("files/read");
    }

    @Test
    void readsResourcesUnderTheAddressesThatItShows() {
        files.on(
                "resources/list",
                (request, message) -> files.result(
                        request,
                        message,
                        new JsonObject()
                                .put(
                                        "resources",
                                        Client.array(new JsonObject()
                                                .put("uri", "file:///a")
                                                .put("name", "a")))));
        files.on(
                "resources/read",
                (request, message) -> files.result(
                        request,
                        message,
                        new JsonObject()
                                .put(
                                        "contents",
                                        Client.array(new JsonObject()
                                                .put("uri", "file:///a")
                                                .put("text", "x")))));
        var client = client();

        var uri = names(client.request("resources/list", new JsonObject()), "resources", "uri")
                .getFirst();
        var read = client.request("resources/read", new JsonObject().put("uri", uri));

        assertThat(uri).isEqualTo("connection:files:file:///a");
        assertThat(read.result().getJsonArray("contents").getJsonObject(0).getString("uri"))
                .isEqualTo(uri);
        assertThat(files.last("resources/read")
                        .message()
                        .getJsonObject("params")
                        .getString("uri"))
                .isEqualTo("file:///a");
    }

    @Test
    void saysWhichServerIsAwayAndShowsTheOthers() {
        mail.on(
                "tools/list",
                (request, _) -> request.response().setStatusCode(401).end());

        var result = client().request("tools/list", new JsonObject()).result();

        assertThat(result.getJsonArray("tools")).hasSize(2);
        var away = result.getJsonObject("_meta").getJsonArray("io.flowmaestro.connections/unavailable");
        assertThat(away).hasSize(1);
        assertThat(away.getJsonObject(0).getString("connection_id")).isEqualTo(mailConnection.id.toString());
        assertThat(away.getJsonObject(0).getString("message")).contains("reconnect");
    }

    @Test
    void waitsForADeadServerABoundedTime() {
        mail.on("tools/list", (request, _) -> {});
        var began = Instant.now();

        assertThat(client().request("tools/list", new JsonObject()).result().getJsonArray("tools"))
                .hasSize(2);
        assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void callsNoListEmptyOfWhichNothingCouldBeRead() {
        mail.on(
                "tools/list",
                (request, _) -> request.response().setStatusCode(500).end());
        files.on(
                "tools/list",
                (request, _) -> request.response().setStatusCode(500).end());

        var error = client().request("tools/list", new JsonObject()).error();

        assertThat(error.getString("message")).contains("None of your connections");
        assertThat(error.getJsonObject("data").getJsonArray("unavailable")).hasSize(2);
    }

    @Test
    void knowsNoToolOfAnotherPrefix() {
        assertThat(client().request("tools/call", call("calendar_echo")).error().getInteger("code"))
                .isEqualTo(-32602);
        assertThat(client().request("tools/call", call("echo")).error().getInteger("code"))
                .isEqualTo(-32602);
    }

    @Test
    void tellsWhatAnyOfTheServersTells() throws Exception {
        var changingFiles = Changing.inSessions(files);
        var changingMail = Changing.stateless(mail);
        var client = client();
        client.request("resources/subscribe", new JsonObject().put("uri", "connection:mail:box:in"));
        try (var ear = client.listen()) {
            await().until(() -> !changingFiles.listening.isEmpty() && !changingMail.listening.isEmpty());
            assertThat(mail.last("subscriptions/listen").message().encode()).contains("\"box:in\"");
            assertThat(files.count("resources/subscribe")).isZero();

            changingFiles.tell("notifications/tools/list_changed", new JsonObject());
            assertThat(ear.nextMethod()).isEqualTo("notifications/tools/list_changed");
            changingFiles.tell("notifications/resources/updated", new JsonObject().put("uri", "box:in"));
            changingMail.tell("notifications/resources/updated", new JsonObject().put("uri", "box:in"));
            assertThat(ear.next().getJsonObject("params").getString("uri")).isEqualTo("connection:mail:box:in");
        }
        await().until(() -> changingFiles.listening.isEmpty() && changingMail.listening.isEmpty());
    }
}
