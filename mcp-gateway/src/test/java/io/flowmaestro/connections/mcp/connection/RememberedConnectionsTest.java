package io.flowmaestro.connections.mcp.connection;

import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.flowmaestro.connections.changes.ConnectionChanges;
import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.testing.Peers;
import io.flowmaestro.connections.testing.PeersResource;
import io.flowmaestro.connections.testing.PostgresResource;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a database that tells of changes. */
@QuarkusTest
@QuarkusTestResource(PeersResource.class)
@QuarkusTestResource(
        value = PostgresResource.class,
        initArgs = @ResourceArg(name = "schema", value = "mcp"),
        restrictToAnnotatedClass = true)
class RememberedConnectionsTest {

    /** In which a change has to be heard of everywhere. */
    private static final Duration A_CHANGE = Duration.ofSeconds(1);

    private final UUID alice = UUID.randomUUID();
    private final FakeMcpServer server = new FakeMcpServer();

    @Inject
    ConnectionChanges changes;

    @BeforeEach
    void hear() {
        await().atMost(Duration.ofSeconds(10)).until(changes::isHearing);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static ValidatableResponse call(UUID user, StoredMcp connection) {
        return given().auth()
                .oauth2(Tokens.worker())
                .header("X-On-Behalf-Of", user)
                .contentType("application/json")
                .body("{\"tool\":\"echo\"}")
                .post("/api/mcp/{id}/call", connection.id)
                .then();
    }

    private static int reads(StoredMcp connection) {
        return Peers.wiremock()
                .find(getRequestedFor(urlEqualTo("/internal/connections/" + connection.id + "/credential")))
                .size();
    }

    private static void changed(StoredMcp connection) throws SQLException {
        try (var database = PostgresResource.superuser();
                var sql = database.createStatement()) {
            sql.execute("notify registry_connections, '" + connection.id + "'");
        }
    }

    @Test
    void areCalledWithoutAskingAnybody() {
        var stored = StoredMcp.of(alice, server);
        call(alice, stored).statusCode(200);
        // Whoever reads it now is refused. Reads are not counted: soon after the start the sessions kept are looked at,
        // too.
        stored.with("status", "invalid");
        for (int i = 0; i < 4; i++) {
            call(alice, stored).statusCode(200);
        }
    }

    @Test
    void thatAreRevokedAreCalledNoMore() throws SQLException {
        var stored = StoredMcp.of(alice, server);
        call(alice, stored).statusCode(200);
        stored.with("status", "revoked");
        changed(stored);
        await().atMost(A_CHANGE)
                .untilAsserted(
                        () -> call(alice, stored).statusCode(409).body("code", equalTo("connection-not-active")));
    }

    @Test
    void goByTheNewPolicyWithinASecond() throws SQLException {
        var stored = StoredMcp.of(alice, server);
        call(alice, stored).statusCode(200);
        stored.with(
                "tool_policy",
                new JsonObject()
                        .put("require_approval", false)
                        .put("allowed_tools", new io.vertx.core.json.JsonArray().add("another")));
        changed(stored);
        await().atMost(A_CHANGE)
                .untilAsserted(() -> call(alice, stored).statusCode(403).body("code", equalTo("tool-not-allowed")));
    }

    @Test
    void areNobodyElses() {
        var stored = StoredMcp.of(alice, server);
        call(alice, stored).statusCode(200);
        call(UUID.randomUUID(), stored).statusCode(404);
        call(alice, stored).statusCode(200);
        assertThat(reads(stored)).as("Alice's read, and the stranger's").isGreaterThanOrEqualTo(2);
    }

    @Test
    void thatCannotBeReadAreNotRemembered() {
        var stored = StoredMcp.of(alice, server).with("status", "revoked");
        call(alice, stored).statusCode(409);
        call(alice, stored).statusCode(409);
        assertThat(reads(stored)).isEqualTo(2);
    }
}
