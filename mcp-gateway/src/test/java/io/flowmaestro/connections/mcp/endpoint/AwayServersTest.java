package io.flowmaestro.connections.mcp.endpoint;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flowmaestro.connections.changes.ConnectionChanges;
import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.mcp.testing.ToolCalls;
import io.flowmaestro.connections.testing.Peers;
import io.flowmaestro.connections.testing.PeersResource;
import io.flowmaestro.connections.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists of all connections, one of which has a server that is silent. */
@QuarkusTest
@TestProfile(AwayServersTest.Impatient.class)
@QuarkusTestResource(PeersResource.class)
@QuarkusTestResource(
        value = PostgresResource.class,
        initArgs = @ResourceArg(name = "schema", value = "mcp"),
        restrictToAnnotatedClass = true)
class AwayServersTest {

    public static class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "connections.mcp.endpoint.list-patience", "5S",
                    "connections.mcp.client.away-lasts", "20S");
        }
    }

    private static final long A_WAIT = 4_900;

    private final UUID alice = UUID.randomUUID();
    private final FakeMcpServer files = new FakeMcpServer();
    private final FakeMcpServer mail = new FakeMcpServer();
    private StoredMcp mailConnection;
    private Client client;

    @Inject
    ConnectionChanges changes;

    @TestHTTPResource
    URI address;

    @BeforeEach
    void connect() {
        await().atMost(Duration.ofSeconds(10)).until(changes::isHearing);
        var filesConnection = StoredMcp.of(alice, files);
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
        client = new Client(address, "/mcp", alice).initialized("2025-11-25", new JsonObject());
    }

    @AfterEach
    void stop() {
        files.close();
        mail.close();
    }

    private void silence() {
        mail.on("tools/list", (_, _) -> {});
    }

    private void speakAgain() {
        mail.on("tools/list", (request, message) -> mail.result(request, message, FakeMcpServer.tools("echo", "add")));
    }

    /** A list of all connections' tools, and how long it took. */
    private record Listed(JsonObject result, long millis) {
        int tools() {
            return result.getJsonArray("tools").size();
        }

        String missing() {
            return result.getJsonObject("_meta")
                    .getJsonArray("io.flowmaestro.connections/unavailable")
                    .getJsonObject(0)
                    .getString("message");
        }
    }

    private Listed list() {
        long began = System.nanoTime();
        var result = client.request("tools/list", new JsonObject()).result();
        return new Listed(result, Duration.ofNanos(System.nanoTime() - began).toMillis());
    }

    private void isWaitedForOnce() {
        silence();
        var first = list();
        assertThat(first.millis()).isGreaterThanOrEqualTo(A_WAIT);
        assertThat(first.missing()).contains("did not answer in time");

        var second = list();
        assertThat(second.millis()).isLessThan(A_WAIT);
        assertThat(second.tools()).isEqualTo(2);
        assertThat(second.missing()).contains("did not wait for it").contains("within 20 s");
        assertThat(mail.count("tools/list")).isOne();
    }

    @Test
    void waitForItOnce() {
        isWaitedForOnce();

        speakAgain();
        await().atMost(Duration.ofSeconds(40)).until(() -> list().tools() == 4);
    }

    @Test
    void askItAgainAsSoonAsItAnswersAnything() {
        isWaitedForOnce();

        speakAgain();
        ToolCalls.call(alice, mailConnection.id, "echo", "{}").statusCode(200);
        assertThat(list().tools()).isEqualTo(4);
    }

    @Test
    void askItAgainWhenItsConnectionHasChanged() throws Exception {
        isWaitedForOnce();

        speakAgain();
        try (var database = PostgresResource.superuser();
                var sql = database.createStatement()) {
            sql.execute("notify registry_connections, '" + mailConnection.id + "'");
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> list().tools() == 4);
    }

    @Test
    void doNotKeepAnybodyFromAskingItAlone() {
        isWaitedForOnce();

        speakAgain();
        var alone = new Client(address, "/mcp/" + mailConnection.id, alice)
                .initialized("2025-11-25", new JsonObject())
                .request("tools/list", new JsonObject());
        assertThat(alone.result().getJsonArray("tools")).hasSize(2);
    }

    @Test
    void goWithoutOneThatRefusesToConnect() {
        mail.close();
        assertThat(list().missing()).contains("cannot be reached");
        assertThat(list().missing()).contains("did not wait for it");
    }
}
