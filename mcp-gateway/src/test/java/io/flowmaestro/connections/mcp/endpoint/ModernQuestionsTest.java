package io.flowmaestro.connections.mcp.endpoint;

import static io.flowmaestro.connections.mcp.endpoint.Client.echo;
import static io.flowmaestro.connections.mcp.endpoint.LegacyStreamTest.event;
import static io.flowmaestro.connections.mcp.testing.FakeMcpServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.testing.PeersResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class ModernQuestionsTest {

    private static final JsonObject ASKABLE = new JsonObject().put("elicitation", new JsonObject());

    private final UUID alice = UUID.randomUUID();
    private final FakeMcpServer server = new FakeMcpServer();

    @TestHTTPResource
    URI address;

    @AfterEach
    void stop() {
        server.close();
    }

    private Client client() {
        return new Client(address, "/mcp/" + StoredMcp.of(alice, server).id, alice);
    }

    private void asks() {
        server.on("tools/call", (request, message) -> {
            var stream = server.stream(request);
            stream.write(event(Client.message(79, "elicitation/create", new JsonObject().put("message", "Who?"))));
            server.vertx()
                    .setPeriodic(
                            20,
                            timer -> server.replies().stream()
                                    .map(JsonObject::new)
                                    .filter(reply -> reply.getInteger("id") == 79)
                                    .findFirst()
                                    .ifPresent(reply -> {
                                        server.vertx().cancelTimer(timer);
                                        stream.end(event(FakeMcpServer.answer(
                                                message.getValue("id"),
                                                text(reply.getJsonObject("result")
                                                        .getString("action")))));
                                    }));
        });
    }

    private JsonObject again(JsonObject asked, JsonObject answer) {
        var key = asked.getJsonObject("inputRequests").fieldNames().iterator().next();
        return echo().put("requestState", asked.getString("requestState"))
                .put("inputResponses", new JsonObject().put(key, answer));
    }

    @Test
    void ofAnOlderServerAreAskedInTheResult() {
        asks();
        var client = client();

        var asked = client.modern("tools/call", echo(), ASKABLE).result();
        var done = client.modern("tools/call", again(asked, new JsonObject().put("action", "accept")), ASKABLE);

        assertThat(asked.getString("resultType")).isEqualTo("input_required");
        assertThat(asked.getJsonObject("inputRequests").getJsonObject("question-1"))
                .isEqualTo(new JsonObject()
                        .put("method", "elicitation/create")
                        .put("params", new JsonObject().put("message", "Who?")));
        assertThat(done.result().getJsonArray("content"))
                .isEqualTo(text("accept").getJsonArray("content"));
        assertThat(server.count("tools/call")).isEqualTo(1);
    }

    @Test
    void areAskedAgainWhileTheyAreOpen() {
        asks();
        var client = client();
        var asked = client.modern("tools/call", echo(), ASKABLE).result();

        var still = client.modern("tools/call", echo().put("requestState", asked.getString("requestState")), ASKABLE);

        assertThat(still.result().getJsonObject("inputRequests")).isEqualTo(asked.getJsonObject("inputRequests"));
    }

    @Test
    void takeAnswersOnlyOnceAndOnlyForTheSameCallOfTheSameUser() {
        asks();
        var client = client();
        var asked = client.modern("tools/call", echo(), ASKABLE).result();
        var answer = again(asked, new JsonObject().put("action", "accept"));
        var tampered = answer.copy().put("requestState", asked.getString("requestState") + "x");
        var other = answer.copy().put("arguments", new JsonObject().put("path", "/b"));

        assertThat(client.modern("tools/call", tampered, ASKABLE).error().getInteger("code"))
                .isEqualTo(-32602);
        assertThat(client.modern("tools/call", other, ASKABLE).error().getInteger("code"))
                .isEqualTo(-32602);
        assertThat(client.modern("tools/call", answer, ASKABLE).result()).isNotNull();
        assertThat(client.modern("tools/call", answer, ASKABLE).error().getString("message"))
                .contains("Call again");
    }
}
