package io.flowmaestro.connections.mcp.endpoint;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.testing.Peers;
import io.flowmaestro.connections.testing.PeersResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members of a request that must be objects, and are none. */
@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class MalformedParamsTest extends SessionCase {

    private static void assertInvalid(Client.Got answer, String member) {
        assertThat(answer.error().getInteger("code")).isEqualTo(-32602);
        assertThat(answer.error().getString("message")).contains(member, "must be an object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"x\"", "5", "true"})
    void areRefusedAsCapabilities(String wrong) {
        assertInvalid(
                client().post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{"
                        + "\"protocolVersion\":\"2025-11-25\",\"capabilities\":" + wrong + "}}"),
                "capabilities");
        assertThat(server.seen).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools/call", "tools/list", "prompts/get", "resources/read", "resources/subscribe"})
    void areRefusedAsMeta(String method) {
        var client = inSession();
        var params = new JsonObject().put("name", "echo").put("uri", "a:b").put("_meta", new JsonArray());

        assertInvalid(client.request(method, params), "_meta");
        assertInvalid(client.request(method, params.put("_meta", "words")), "_meta");
        assertThat(server.count(method)).isZero();
    }

    @Test
    void areRefusedAsWhatIsToBeCompleted() {
        var listed = new JsonArray()
                .add(new JsonObject()
                        .put("id", StoredMcp.of(alice, server).id.toString())
                        .put("name", "Files"));
        Peers.wiremock()
                .register(get("/internal/mcp-connections")
                        .withHeader("X-On-Behalf-Of", equalTo(alice.toString()))
                        .willReturn(okJson(new JsonObject()
                                .put("success", true)
                                .put("data", listed)
                                .encode())));
        var params = new JsonObject().put("ref", new JsonArray());
        var client = new Client(address, "/mcp", alice);

        assertInvalid(client.modern("completion/complete", params, new JsonObject()), "ref");
        assertInvalid(
                new Client(address, "/mcp", alice)
                        .initialized("2025-11-25", new JsonObject())
                        .request("completion/complete", params),
                "ref");
    }

    @Test
    void areRefusedAsArgumentsWhateverTheRevision() {
        for (var wrong : new Object[] {"words", 5, true, new JsonArray()}) {
            var params = new JsonObject().put("name", "echo").put("arguments", wrong);
            assertInvalid(client().modern("tools/call", params, new JsonObject()), "arguments");
            assertInvalid(inSession().request("tools/call", params), "arguments");
            assertInvalid(
                    client().initialized("2025-06-18", new JsonObject()).request("tools/call", params), "arguments");
        }
        assertThat(server.count("tools/call")).isZero();
    }
}
