package io.flowmaestro.connections.mcp.endpoint;

import static io.flowmaestro.connections.mcp.endpoint.Client.echo;
import static io.flowmaestro.connections.mcp.testing.FakeMcpServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.UsageInbox;
import io.flowmaestro.connections.testing.PeersResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class LegacyRelayTest extends SessionCase {

    @Test
    void passesToolsWhole() {
        var answer = inSession().request("tools/list", new JsonObject());

        assertThat(answer.isStream()).isFalse();
        assertThat(answer.result()).isEqualTo(FakeMcpServer.tools("echo", "add"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prompts/list",
                "prompts/get",
                "resources/list",
                "resources/templates/list",
                "resources/read",
                "resources/subscribe",
                "resources/unsubscribe",
                "completion/complete"
            })
    void passesEverythingElse(String method) {
        server.on(method, (request, message) -> server.result(request, message, new JsonObject().put("of", method)));

        var answer = inSession().request(method, new JsonObject().put("uri", "a:b"));

        assertThat(answer.result()).isEqualTo(new JsonObject().put("of", method));
        assertThat(server.last(method).message().getJsonObject("params").getString("uri"))
                .isEqualTo("a:b");
    }

    @Test
    void callsAToolAndReportsIt() {
        var answer = inSession().request("tools/call", echo());

        assertThat(answer.result()).isEqualTo(text("called"));
        assertThat(server.last("tools/call").headers().get("Authorization")).isNull();
        var report = UsageInbox.await(alice, 1).getFirst();
        assertThat(report.getString("type")).isEqualTo("tool_called");
        assertThat(report.encode()).contains("\"tool\":\"echo\"", "\"outcome\":\"ok\"");
    }

    @Test
    void givesAServersErrorAsItIs() {
        server.on("tools/call", (request, message) -> server.error(request, message, -32050));

        var answer = inSession().request("tools/call", echo());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.error())
                .isEqualTo(new JsonObject().put("code", -32050).put("message", "upstream words"));
    }

    @Test
    void knowsNoOtherMethod() {
        assertThat(inSession().request("tasks/list", new JsonObject()).error().getInteger("code"))
                .isEqualTo(-32601);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|-32600",
                "{|-32700",
                "{\"id\":1,\"method\":\"ping\"}|-32600",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}|-32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1}|-32600"
            })
    void refusesWhatIsNoMessage(String body, int code) {
        var answer = inSession().post(body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error().getInteger("code")).isEqualTo(code);
    }
}
