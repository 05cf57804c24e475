package io.flowmaestro.connections.mcp.endpoint;

import static io.flowmaestro.connections.mcp.endpoint.Client.echo;
import static io.flowmaestro.connections.mcp.testing.FakeMcpServer.text;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.testing.PeersResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class CrossOriginTest {

    private static final String PAGE = "http://localhost:8080";

    private final UUID alice = UUID.randomUUID();
    private final FakeMcpServer server = new FakeMcpServer();

    @TestHTTPResource
    URI address;

    @AfterEach
    void stop() {
        server.close();
    }

    private static ValidatableResponse preflight(String origin, String path, String headers) {
        return given().header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", headers)
                .options(path)
                .then();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mcp", "/mcp/0198c1f0-0000-7000-8000-000000000001"})
    void aPreflightNeedsNoTokenAndSaysWhatMayBeSent(String path) {
        preflight(PAGE, path, "Authorization,content-type, Mcp-Session-Id,Mcp-Param-Region,X-Evil")
                .statusCode(204)
                .header("Access-Control-Allow-Origin", PAGE)
                .header("Vary", "Origin")
                .header("Access-Control-Allow-Methods", "GET, POST, DELETE")
                .header("Access-Control-Allow-Headers", "authorization, content-type, mcp-session-id, mcp-param-region")
                .header("Access-Control-Allow-Credentials", nullValue());
    }

    @Test
    void aPageOfAnotherOriginIsAllowedNothing() {
        preflight("http://evil.example.com", "/mcp", "Authorization")
                .statusCode(403)
                .header("Access-Control-Allow-Origin", nullValue());
    }

    @Test
    void aPageMayReadTheSessionAndWhereToLogIn() {
        var path = "/mcp/" + StoredMcp.of(alice, server).id;
        var opened = new Client(address, path, alice)
                .with("Origin", PAGE)
                .request("initialize", new JsonObject().put("protocolVersion", "2025-11-25"));
        var refused = new Client(address, path, alice)
                .with("Origin", PAGE)
                .without("Authorization")
                .request("ping", new JsonObject());

        assertThat(opened.header("Access-Control-Allow-Origin")).contains(PAGE);
        assertThat(opened.header("Access-Control-Expose-Headers").orElseThrow())
                .contains("Mcp-Session-Id")
                .contains("WWW-Authenticate");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("Access-Control-Allow-Origin")).contains(PAGE);
    }

    @Test
    void aPageMayReadAnEventStream() {
        server.on("tools/call", (request, message) -> {
            var stream = server.stream(request);
            stream.write(LegacyStreamTest.event(new JsonObject()
                    .put("jsonrpc", "2.0")
                    .put("method", "notifications/message")
                    .put("params", new JsonObject().put("level", "info"))));
            stream.end(LegacyStreamTest.event(FakeMcpServer.answer(message.getValue("id"), text("done"))));
        });
        var client = new Client(address, "/mcp/" + StoredMcp.of(alice, server).id, alice)
                .with("Origin", PAGE)
                .initialized("2025-11-25", new JsonObject());

        var answer = client.request("tools/call", echo());

        assertThat(answer.isStream()).isTrue();
        assertThat(answer.header("Access-Control-Allow-Origin")).contains(PAGE);
    }

    @Test
    void aPageMayReadTheMetadata() {
        given().header("Origin", PAGE)
                .get("/.well-known/oauth-protected-resource/mcp")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", equalTo(PAGE));
    }

    @Test
    void whoIsNoPageIsToldNothingOfIt() {
        given().get("/.well-known/oauth-protected-resource/mcp")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", nullValue());
    }
}
