package io.flowmaestro.connections.mcp.hosts;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.flowmaestro.connections.mcp.testing.FakeEventServer;
import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.FakeSocketServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.mcp.testing.ToolCalls;
import io.flowmaestro.connections.testing.PeersResource;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(PermittedHostsTest.Listed.class)
@QuarkusTestResource(PeersResource.class)
class PermittedHostsTest {

    public static class Listed implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "connections.mcp.hosts.allow", "localhost,*.allowed.example,127.0.0.2",
                    "connections.mcp.hosts.deny", "bad.allowed.example,127.0.0.2");
        }
    }

    private static final UUID ALICE = UUID.randomUUID();

    private static ValidatableResponse discover(String url) {
        return given().auth()
                .oauth2(Tokens.user(ALICE))
                .contentType("application/json")
                .body(new JsonObject().put("server_url", url).encode())
                .post("/api/connections/mcp/discover")
                .then();
    }

    private static void forbidden(ValidatableResponse answer) {
        answer.statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("mcp-server-forbidden"))
                .body("detail", containsString("ask an operator"));
    }

    private static String byName(String url) {
        return url.replace("127.0.0.1", "localhost");
    }

    @Test
    void aListedHostIsCalledAndAnyOtherIsNot() {
        try (var server = new FakeMcpServer()) {
            forbidden(discover(server.url()));
            assertThat(server.seen).isEmpty();

            discover(byName(server.url())).statusCode(200);
        }
    }

    @Test
    void denialWins() {
        forbidden(discover("https://bad.allowed.example/mcp"));
        forbidden(discover("http://127.0.0.2:9/mcp"));
    }

    @Test
    void aStoredConnectionIsHeldToIt() {
        try (var server = new FakeMcpServer()) {
            forbidden(ToolCalls.call(ALICE, StoredMcp.of(ALICE, server).id, "echo", "{}"));
            assertThat(server.seen).isEmpty();
        }
    }

    @Test
    void soIsAWebSocket() {
        try (var server = new FakeSocketServer()) {
            forbidden(discover(server.url()));
            assertThat(server.upgrades).isEmpty();

            discover(byName(server.url())).statusCode(200);
        }
    }

    @Test
    void soIsTheAddressThatAnEventStreamNames() {
        try (var server = new FakeEventServer()) {
            server.endpoint = server.url().replace("/sse", "/messages");

            forbidden(discover(byName(server.url())));
            // The one that asks what is spoken at the address itself.
            assertThat(server.count("initialize")).isOne();
        }
    }

    @Test
    void aRedirectLeadsNowhere() {
        try (var server = new FakeMcpServer();
                var elsewhere = new FakeMcpServer()) {
            server.on("server/discover", (request, _) -> redirect(request.response(), elsewhere.url()));
            server.on("initialize", (request, _) -> redirect(request.response(), elsewhere.url()));

            discover(byName(server.url())).statusCode(502).body("code", equalTo("mcp-protocol-error"));
            assertThat(elsewhere.seen).isEmpty();
        }
    }

    private static void redirect(HttpServerResponse response, String url) {
        response.setStatusCode(307).putHeader("Location", url).end();
    }
}
