package io.flowmaestro.connections.registry.credential;

import static io.flowmaestro.connections.registry.Registry.ALICE;
import static io.flowmaestro.connections.registry.Registry.ENVELOPE;
import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.broker;
import static io.flowmaestro.connections.registry.Registry.sql;
import static io.flowmaestro.connections.registry.Registry.update;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.flowmaestro.connections.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MCP connections whose tokens a sign-in has brought: kept, refreshed and ended as those of OAuth connections. */
@RegistryTest
class SignedInMcpTest {

    private static final String SERVER = "https://mcp.example/mcp";

    @BeforeEach
    void nothingElseIsThere() throws SQLException {
        Registry.peersThatWork();
        update("delete from registry.connections");
    }

    private static ValidatableResponse create(UUID id, String method, String server) {
        return create(id, method, server, SERVER);
    }

    private static ValidatableResponse create(UUID id, String method, String server, String configured) {
        return broker(ALICE)
                .body("""
                        {"id": "%s", "name": "Files", "connection_method": "%s", "provider": "mcp-generic", "envelope": %s,
                         "refreshable": true, "expires_at": "2030-01-01T00:00:00Z"%s,
                         "metadata": {"config": {"server_url": "%s", "auth_type": "oauth2"}}}""".formatted(
                                id,
                                method,
                                ENVELOPE,
                                server == null ? "" : ", \"mcp_server_url\": \"" + server + "\"",
                                configured))
                .post("/internal/connections")
                .then();
    }

    private static String made() {
        UUID id = UUID.randomUUID();
        create(id, "mcp", SERVER).statusCode(201);
        return id.toString();
    }

    private static ValidatableResponse claim(String what, String body) {
        return given().auth()
                .oauth2(Tokens.service("oauth-broker"))
                .contentType(ContentType.JSON)
                .body(body)
                .post("/internal/" + what + "/claim")
                .then()
                .statusCode(200);
    }

    @Test
    void isAnMcpConnectionOfItsUserThatIsTestedBeforeItsFirstUse() {
        String id = made();
        as(ALICE)
                .get("/api/connections/{id}", id)
                .then()
                .statusCode(200)
                .body("data.connection_method", equalTo("mcp"))
                .body("data.mcp_server_url", equalTo(SERVER))
                .body("data.metadata.config.auth_type", equalTo("oauth2"));
        broker(ALICE)
                .get("/internal/connections/{id}/credential", id)
                .then()
                .body("data.mcp_server_url", equalTo(SERVER))
                .body("data.test_due", equalTo(true));
    }

    @Test
    void showsItsServerWithoutWhatMayBeAKey() throws SQLException {
        var id = UUID.randomUUID();
        var keyed = SERVER + "?key=hush";
        create(id, "mcp", keyed, keyed).statusCode(201);
        as(ALICE)
                .get("/api/connections/{id}", id)
                .then()
                .body("data.mcp_server_url", equalTo(SERVER + "?key=***"))
                .body("data.metadata.config.server_url", equalTo(SERVER + "?key=***"));
        assertThat(sql("select to_jsonb(c) from registry.connections c where id = '" + id + "'"))
                .doesNotContain("hush");
    }

    @ParameterizedTest
    @CsvSource({"mcp,,mcp_server_url", "mcp,ftp://x,mcp_server_url", "oauth2,https://x,connection_method"})
    void namesItsServerAndNoOtherMethodDoes(String method, String server, String field) {
        create(UUID.randomUUID(), method, server).statusCode(400).body("violations.field", contains(field));
    }

    @Test
    void isMadeByASignInAndInNoOtherWay() {
        as(ALICE)
                .contentType(ContentType.JSON)
                .body("""
                        {"name": "Files", "connection_method": "mcp", "provider": "mcp-generic",
                         "data": {"server_url": "https://mcp.example/mcp", "auth_type": "oauth2"}}""")
                .post("/api/connections")
                .then()
                .statusCode(400)
                .body("violations.field", contains("data.auth_type"))
                .body("violations[0].message", containsString("/api/oauth/mcp/authorize"));
    }

    @Test
    void isTestedBeforeItIsSavedByASignInOnly() {
        as(ALICE)
                .body("""
                        {"connection_method": "mcp", "provider": "mcp-generic",
                         "data": {"server_url": "https://mcp.example/mcp", "auth_type": "oauth2"}}""")
                .post("/api/connections/test")
                .then()
                .statusCode(400)
                .body("violations.field", contains("data.auth_type"));
    }

    @Test
    void takesNoOtherDataWhileItsTokensAreRevoked() throws SQLException {
        String id = made();
        broker(ALICE)
                .body("{\"status\": \"revoked\", \"expected_credential_generation\": 1}")
                .put("/internal/connections/{id}/status", id)
                .then()
                .statusCode(200);

        as(ALICE)
                .body("""
                        {"data": {"server_url": "https://mcp.example/mcp", "auth_type": "bearer", "bearer_token": "t"}}""")
                .put("/api/connections/{id}", id)
                .then()
                .statusCode(409)
                .body("code", equalTo("status-change-not-allowed"));
        claim("revocations", "{\"limit\": 10, \"claim_seconds\": 60}").body("data.connections.id", contains(id));
    }

    @Test
    void isRefreshedBeforeItsTokensEnd() throws SQLException {
        String id = made();
        update("update registry.connections set expires_at = now() + interval '1 minute' where id = '" + id + "'");
        claim("refreshes", "{\"limit\": 10, \"horizon_seconds\": 300, \"claim_seconds\": 60}")
                .body("data.connections.id", contains(id))
                .body("data.connections.provider", contains("mcp-generic"));
    }

    @Test
    void isReconnectedByAGrant() {
        String id = made();
        broker(ALICE)
                .body("""
                        {"attempt_id": "%s", "expected_credential_generation": 1, "envelope": {"ciphertext": "n"}, "refreshable": false,
                         "metadata": {"scopes": ["a"]}}""".formatted(UUID.randomUUID()))
                .put("/internal/connections/{id}/grant", id)
                .then()
                .statusCode(200)
                .body("data.connection_method", equalTo("mcp"))
                .body("data.metadata.config.server_url", equalTo(SERVER));
    }

    @Test
    void hasItsTokensRevokedWhenItIsRevokedOrDeleted() throws SQLException {
        String revoked = made();
        broker(ALICE)
                .body("{\"status\": \"revoked\", \"expected_credential_generation\": 1}")
                .put("/internal/connections/{id}/status", revoked)
                .then()
                .statusCode(200);
        String deleted = made();
        as(ALICE).delete("/api/connections/{id}", deleted).then().statusCode(200);
        assertThat(sql("select count(*) from registry.connections where revocation_due_at is not null"))
                .isEqualTo("2");
        claim("revocations", "{\"limit\": 10, \"claim_seconds\": 60}").body("data.connections.id", contains(revoked));
    }

    @Test
    void hasNothingToRevokeWhereItsTokenIsNotOfASignIn() throws SQLException {
        String id = made();
        update("update registry.connections set signed_in = false where id = '" + id + "'");
        as(ALICE).delete("/api/connections/{id}", id).then().statusCode(200);
        update("update registry.connections set revocation_due_at = now() where id = '" + id
                + "' and revocation_due_at is not null");
        claim("revocations", "{\"limit\": 10, \"claim_seconds\": 60}").body("data.connections", empty());
    }
}
