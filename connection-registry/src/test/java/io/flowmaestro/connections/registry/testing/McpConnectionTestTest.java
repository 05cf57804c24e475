package io.flowmaestro.connections.registry.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.flowmaestro.connections.registry.Registry.ALICE;
import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.peers;
import static io.flowmaestro.connections.registry.Registry.sql;
import static io.flowmaestro.connections.registry.Registry.storedMcp;
import static io.flowmaestro.connections.registry.Registry.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.restassured.response.ValidatableResponse;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of connections to MCP servers, which the gateway does. */
@RegistryTest
class McpConnectionTestTest {

    private static final String REFUSAL = """
            {"code": "mcp-server-unauthorized", "detail": "The server said so.", "status": 502}""";

    private String id;

    @BeforeEach
    void connect() {
        Registry.peersThatWork();
        id = storedMcp(ALICE);
    }

    private String path() {
        return "/internal/mcp/connections/" + id + "/discover";
    }

    private ValidatableResponse test() {
        return as(ALICE).post("/api/connections/{id}/test", id).then();
    }

    private ValidatableResponse connection() {
        return as(ALICE).get("/api/connections/{id}", id).then();
    }

    /** While the gateway is asked, the statement is carried out on the connection. */
    private void testWhile(String change, int status, String answer) throws Exception {
        peers().register(post(urlPathEqualTo(path()))
                .willReturn(aResponse()
                        .withStatus(status)
                        .withFixedDelay(1000)
                        .withHeader("Content-Type", "application/json")
                        .withBody(answer)));
        var testing = CompletableFuture.runAsync(() -> test().statusCode(200));
        Awaitility.await()
                .until(() -> sql("select test_claim is not null from registry.connections where id = '" + id + "'")
                        .equals("t"));
        update("update registry.connections set " + change + " where id = '" + id + "'");
        testing.get();
        assertThat(sql("select test_claim is null from registry.connections where id = '" + id + "'"))
                .isEqualTo("t");
    }

    @Test
    void goesThroughTheGateway() {
        Registry.answer(path(), 200, Registry.DISCOVERED);

        test().statusCode(200)
                .body("test_result.success", equalTo(true))
                .body("test_result.message", equalTo("Connected to everything v1.0; it offers 1 tools"))
                .body("test_result.metadata.server_info.name", equalTo("everything"));
    }

    @ParameterizedTest
    @CsvSource({
        "mcp-server-unauthorized, 502, failed, invalid",
        "mcp-server-unreachable, 502, inconclusive, active",
        "mcp-server-timeout, 504, inconclusive, active"
    })
    void tellsARefusalFromAnOutage(String code, int status, String outcome, String left) {
        Registry.answer(path(), status, """
                {"code": "%s", "detail": "The server said so.", "status": %d}""".formatted(code, status));

        test().statusCode(200).body("test_result.outcome", equalTo(outcome));

        connection().body("data.status", equalTo(left));
    }

    @Test
    void holdsTheConnectionForAsLongAsAServerMayTake() throws Exception {
        testWhile(
                "name = case when test_claimed_until > now() + interval '140 seconds' then 'held' else 'let go' end",
                200,
                Registry.DISCOVERED);

        connection().body("data.name", equalTo("held"));
    }

    /** A server that refuses every token has it renewed each time, and must be found out all the same. */
    @Test
    void countsWhereTheTokenWasRenewedForIt() throws Exception {
        testWhile("credential_generation = credential_generation + 1", 502, REFUSAL);

        connection().body("data.status", equalTo("invalid")).body("data.last_test.outcome", equalTo("failed"));
    }

    @Test
    void keepsTheToolsWhereTheTokenWasRenewedForIt() throws Exception {
        update("update registry.connections set mcp_tools = null where id = '" + id + "'");

        testWhile("credential_generation = credential_generation + 1", 200, Registry.DISCOVERED);

        connection().body("data.mcp_tools.size()", equalTo(1));
    }

    @Test
    void saysNothingAboutAServerThatWasReplacedMeanwhile() throws Exception {
        testWhile("credential_generation = credential_generation + 1, version = version + 1", 502, REFUSAL);

        connection().body("data.status", equalTo("active")).body("data.last_test", equalTo(null));
    }
}
