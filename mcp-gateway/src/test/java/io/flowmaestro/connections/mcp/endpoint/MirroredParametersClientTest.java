package io.flowmaestro.connections.mcp.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StatelessScripts;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.testing.PeersResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class MirroredParametersClientTest {

    private static final String SCHEMA = """
            {"type":"object","properties":{
              "region":{"type":"string","x-mcp-header":"Region"},
              "count":{"type":"integer","x-mcp-header":"Count"},
              "path":{"type":"string"}}}""";

    private final UUID alice = UUID.randomUUID();
    private final FakeMcpServer server = new FakeMcpServer();

    @TestHTTPResource
    URI address;

    @BeforeEach
    void annotate() {
        offers(SCHEMA);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void offers(String schema) {
        var tool = new JsonObject().put("name", "echo").put("inputSchema", new JsonObject(schema));
        server.on(
                "tools/list",
                (request, message) ->
                        server.result(request, message, new JsonObject().put("tools", new JsonArray().add(tool))));
    }

    private Client client() {
        return new Client(address, "/mcp/" + StoredMcp.of(alice, server).id, alice);
    }

    private static JsonObject call(String arguments) {
        return new JsonObject().put("name", "echo").put("arguments", new JsonObject(arguments));
    }

    private static Client.Got calls(Client client, String arguments) {
        return client.modern("tools/call", call(arguments), new JsonObject());
    }

    private void refused(Client.Got answer) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error().getInteger("code")).isEqualTo(-32020);
        assertThat(answer.error().getString("message")).contains("Mcp-Param-Region");
        assertThat(server.count("tools/call")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"eu, eu", "=?base64?ZXU=?=, eu", "=?base64?w7xiZXI=?=, über"})
    void aHeaderThatSaysTheSameLetsTheCallThrough(String header, String value) {
        var answer = calls(
                client().with("Mcp-Param-Region", header),
                new JsonObject().put("region", value).encode());

        assertThat(answer.result().getString("resultType")).isEqualTo("complete");
    }

    @ParameterizedTest
    @ValueSource(strings = {"us", "EU", "=?base64?ZXU?=", "=?base64?!?="})
    void aHeaderThatSaysAnotherThingDoesNot(String header) {
        refused(calls(client().with("Mcp-Param-Region", header), "{\"region\":\"eu\"}"));
    }

    @Test
    void aMissingHeaderDoesNot() {
        refused(calls(client(), "{\"region\":\"eu\"}"));
    }

    @ParameterizedTest
    @CsvSource({"42, 42, 200", "42, 42.0, 200", "42.0, 42, 200", "42, 43, 400", "42, 4.2e1, 400"})
    void numbersAreComparedAsNumbers(String count, String header, int status) {
        assertThat(calls(client().with("Mcp-Param-Count", header), "{\"count\":" + count + "}")
                        .status())
                .isEqualTo(status);
    }

    @Test
    void whatHasNoValueNeedsNoHeader() {
        assertThat(calls(client(), "{\"region\":null,\"path\":\"/a\"}").status())
                .isEqualTo(200);
    }

    @Test
    void noCallIsRefusedByAnOldList() throws Exception {
        var client = client();
        assertThat(calls(client.with("Mcp-Param-Region", "eu"), "{\"region\":\"eu\"}")
                        .status())
                .isEqualTo(200);
        offers("{\"type\":\"object\"}");
        Thread.sleep(5_100);

        assertThat(calls(client.without("Mcp-Param-Region"), "{\"region\":\"eu\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void itIsNoBusinessOfClientsOfOlderRevisions() {
        var answer =
                client().initialized("2025-11-25", new JsonObject()).request("tools/call", call("{\"region\":\"eu\"}"));

        assertThat(answer.result()).isNotNull();
    }

    @Test
    void aServerOfTheSameRevisionGetsItsHeaderFromUs() {
        StatelessScripts.on(server);

        calls(client().with("Mcp-Param-Region", "eu"), "{\"region\":\"eu\"}");

        assertThat(server.last("tools/call").headers().get("Mcp-Param-Region")).isEqualTo("eu");
    }
}
