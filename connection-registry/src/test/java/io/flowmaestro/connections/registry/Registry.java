package io.flowmaestro.connections.registry;

import static io.restassured.RestAssured.given;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.flowmaestro.connections.testing.Peers;
import io.flowmaestro.connections.testing.PostgresResource;
import io.flowmaestro.connections.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;

/** What component tests say to the registry, to its peers and to its database. */
public final class Registry {

    public static final UUID ALICE = UUID.fromString("0190a1ce-0000-7000-8000-00000000a11c");
    public static final UUID BOB = UUID.fromString("0190a1ce-0000-7000-8000-000000000b0b");
    public static final String ENVELOPE = """
            {"format": 1, "key_id": "0190a1ce-0000-7000-8000-00000000d0d0", "key_version": 1,
             "nonce": "AAAAAAAAAAAAAAAA", "ciphertext": "c2VhbGVk", "tag": "AAAAAAAAAAAAAAAAAAAAAA=="}""";
    public static final String DISCOVERED = """
            {"success": true, "data": {
              "server_info": {"name": "everything", "version": "1.0", "protocol_version": "2025-11-25"},
              "capabilities": {"tools": {"listChanged": true}},
              "tools": [{"name": "echo", "description": "Echoes", "_meta": {"x": 1},
                         "inputSchema": {"type": "object", "properties": {"message": {"type": "string"}}},
                         "parameters": [{"name": "message", "type": "string", "required": true}]}]}}""";

    private Registry() {}

    public static RequestSpecification as(UUID user) {
        return given().auth().oauth2(Tokens.user(user)).contentType(ContentType.JSON);
    }

    public static RequestSpecification service(String client, UUID user) {
        return given().auth()
                .oauth2(Tokens.service(client))
                .contentType(ContentType.JSON)
                .header("X-On-Behalf-Of", user.toString());
    }

    public static RequestSpecification broker(UUID user) {
        return service("oauth-broker", user);
    }

    public static WireMock peers() {
        return Peers.wiremock();
    }

    /** A vault that seals, and a gateway that discovers one tool. */
    public static void peersThatWork() {
        peers().resetMappings();
        peers().resetRequests();
        answer("/internal/encrypt", 200, "{\"success\": true, \"data\": {\"envelope\": " + ENVELOPE + "}}");
        answer("/internal/mcp/discover", 200, DISCOVERED);
    }

    public static StubMapping answer(String path, int status, String body) {
        return peers().register(WireMock.post(WireMock.urlPathEqualTo(path))
                .willReturn(WireMock.aResponse()
                        .withStatus(status)
                        .withHeader("Content-Type", status < 400 ? "application/json" : "application/problem+json")
                        .withBody(body)));
    }

    public static String apiKey(String name, String provider) {
        return """
                {"name": "%s", "connection_method": "api_key", "provider": "%s", "data": {"api_key": "sk-canary-1"}}""".formatted(name, provider);
    }

    /** Stores an API key as the user and returns the connection's id. */
    public static String stored(UUID user, String provider) {
        return as(user).body(apiKey("My " + provider, provider))
                .post("/api/connections")
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }

    /** Stores an MCP connection as the user and returns its id. */
    public static String storedMcp(UUID user) {
        return as(user).body("""
                        {"name": "Tools", "connection_method": "mcp", "provider": "everything",
                         "data": {"server_url": "http://localhost:3100/mcp"}}""")
                .post("/api/connections")
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }

    /** Changes the database past row security. */
    public static void update(String statement) throws SQLException {
        try (Connection connection = PostgresResource.superuser();
                Statement update = connection.createStatement()) {
            update.executeUpdate(statement);
        }
    }

    /** Puts a file of a provider at the scripted server into the operator's folder, and waits until it is read. */
    public static void provider(String key, String yaml) throws IOException {
        Path file = Path.of(ProviderFiles.DIRECTORY, key + ".yaml");
        if (!Files.exists(file) || !Files.readString(file).equals(yaml)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, yaml);
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() ->
                        as(ALICE).get("/api/providers/{key}", key).asString().contains(Peers.url()));
    }

    /** One value from the database, past row security. */
    public static String sql(String query) throws SQLException {
        try (Connection connection = PostgresResource.superuser();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }
}
