package io.flowmaestro.connections.mcp.endpoint;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.testing.PeersResource;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class LoginTest {

    private static final String PUBLIC = "http://localhost:8080";

    private final UUID alice = UUID.randomUUID();
    private final FakeMcpServer server = new FakeMcpServer();

    @TestHTTPResource
    URI address;

    @AfterEach
    void stop() {
        server.close();
    }

    private int status(String path, String token) {
        return new Client(address, path, alice)
                .with("Authorization", "Bearer " + token)
                .request("initialize", new JsonObject().put("protocolVersion", "2025-11-25"))
                .status();
    }

    @Test
    void metadataSaysWhereToGetAToken() {
        var id = UUID.randomUUID();

        given().get("/.well-known/oauth-protected-resource/mcp/{id}", id)
                .then()
                .statusCode(200)
                .body("resource", equalTo(PUBLIC + "/mcp/" + id))
                .body("authorization_servers.size()", equalTo(1))
                .body("bearer_methods_supported", contains("header"));
        given().get("/.well-known/oauth-protected-resource/mcp")
                .then()
                .statusCode(200)
                .body("resource", equalTo(PUBLIC + "/mcp"));
    }

    @Test
    void aRefusalPointsToTheMetadata() {
        var path = "/mcp/" + UUID.randomUUID();
        var none = new Client(address, path, alice).without("Authorization").request("ping", new JsonObject());
        var bad = new Client(address, path, alice)
                .with("Authorization", "Bearer x.y.z")
                .request("ping", new JsonObject());

        var challenge = "Bearer resource_metadata=\"" + PUBLIC + "/.well-known/oauth-protected-resource" + path + "\"";
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.header("WWW-Authenticate")).contains(challenge);
        assertThat(bad.status()).isEqualTo(401);
        assertThat(bad.header("WWW-Authenticate")).contains(challenge + ", error=\"invalid_token\"");
    }

    @Test
    void aTokenForTheEndpointOpensItAndNothingElse() {
        var id = StoredMcp.of(alice, server).id;
        var ofEndpoint = Tokens.user(alice, PUBLIC + "/mcp");
        var ofConnection = Tokens.user(alice, PUBLIC + "/mcp/" + id);

        assertThat(status("/mcp/" + id, Tokens.user(alice))).isEqualTo(200);
        assertThat(status("/mcp/" + id, ofEndpoint)).isEqualTo(200);
        assertThat(status("/mcp/" + id, ofConnection)).isEqualTo(200);
        assertThat(status("/mcp/" + UUID.randomUUID(), ofConnection)).isEqualTo(401);
        assertThat(status("/mcp/" + id, Tokens.otherAudience(alice))).isEqualTo(401);
        given().auth()
                .oauth2(ofEndpoint)
                .contentType("application/json")
                .body("{\"tool\":\"echo\"}")
                .post("/api/mcp/{id}/call", id)
                .then()
                .statusCode(401);
    }

    @ParameterizedTest
    @CsvSource({"http://localhost:8080,200", "http://evil.example.com,403", "null,403", "http://localhost:8081,403"})
    void onlyPagesOfKnownOriginsMayCall(String origin, int status) {
        var client = new Client(address, "/mcp/" + StoredMcp.of(alice, server).id, alice).with("Origin", origin);

        assertThat(client.request("initialize", new JsonObject().put("protocolVersion", "2025-11-25"))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void workersNameTheirUser() {
        var client = new Client(address, "/mcp/" + StoredMcp.of(alice, server).id, alice)
                .with("Authorization", "Bearer " + Tokens.worker());

        assertThat(client.request("initialize", new JsonObject().put("protocolVersion", "2025-11-25"))
                        .status())
                .isEqualTo(400);
        assertThat(client.with("X-On-Behalf-Of", alice.toString())
                        .request("initialize", new JsonObject().put("protocolVersion", "2025-11-25"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aTokenIsVerifiedOnceAndHeldToEachPathItIsUsedFor() {
        var id = StoredMcp.of(alice, server).id;
        var ofConnection = Tokens.user(alice, PUBLIC + "/mcp/" + id);
        assertThat(status("/mcp/" + id, ofConnection)).isEqualTo(200);
        double remembered = remembered();

        assertThat(status("/mcp/" + id, ofConnection)).isEqualTo(200);
        assertThat(status("/mcp/" + UUID.randomUUID(), ofConnection)).isEqualTo(401);
        assertThat(remembered()).isEqualTo(remembered + 2);

        var forged = ofConnection.substring(0, ofConnection.length() - 8) + "AAAAAAAA";
        assertThat(status("/mcp/" + id, forged)).isEqualTo(401);
    }

    private static double remembered() {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("cache_gets_total{")
                        && line.contains("verified-tokens")
                        && line.contains("result=\"hit\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
