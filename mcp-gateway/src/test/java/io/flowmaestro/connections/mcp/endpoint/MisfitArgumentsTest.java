package io.flowmaestro.connections.mcp.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.mcp.testing.UsageInbox;
import io.flowmaestro.connections.testing.PeersResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** Arguments that do not fit the tool's schema, each revision in its own way. */
@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class MisfitArgumentsTest extends SessionCase {

    private static final JsonObject MISFIT =
            new JsonObject().put("name", "echo").put("arguments", new JsonObject().put("path", 5));

    private static void assertToolError(JsonObject result) {
        assertThat(result.getBoolean("isError")).isTrue();
        assertThat(result.getJsonArray("content")).hasSize(1);
        var content = result.getJsonArray("content").getJsonObject(0);
        assertThat(content.getString("type")).isEqualTo("text");
        assertThat(content.getString("text")).contains("was not called", "arguments.path must be a string");
    }

    @Test
    void areErrorsOfTheToolSinceItSaysSo() {
        assertToolError(inSession().request("tools/call", MISFIT).result());
        var modern = client().modern("tools/call", MISFIT, new JsonObject()).result();
        assertToolError(modern);
        assertThat(modern.getString("resultType")).isEqualTo("complete");
        assertThat(server.count("tools/call")).isZero();
    }

    @Test
    void areErrorsOfTheRequestBefore() {
        var error = client().initialized("2025-06-18", new JsonObject())
                .request("tools/call", MISFIT)
                .error();

        assertThat(error.getInteger("code")).isEqualTo(-32602);
        assertThat(error.getString("message")).contains("path");
    }

    @Test
    void leaveAnUnknownToolAnErrorOfTheRequest() {
        server.on("tools/call", (request, message) -> server.error(request, message, -32602));

        assertThat(inSession()
                        .request("tools/call", new JsonObject().put("name", "unknown"))
                        .error()
                        .getInteger("code"))
                .isEqualTo(-32602);
        assertThat(UsageInbox.await(alice, 1)).hasSize(1);
    }
}
