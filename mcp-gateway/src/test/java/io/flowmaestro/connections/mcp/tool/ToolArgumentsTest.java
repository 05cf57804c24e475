package io.flowmaestro.connections.mcp.tool;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.mcp.testing.UsageInbox;
import io.flowmaestro.connections.testing.PeersResource;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class ToolArgumentsTest {

    private static final String SCHEMA = """
            {"type": "object", "required": ["path"], "additionalProperties": false, "properties": {
              "path": {"type": "string", "pattern": "^/"}, "lines": {"type": "integer", "maximum": 10},
              "filter": {"$ref": "#/$defs/filter"}},
             "$defs": {"filter": {"type": "object", "properties": {"tags": {"type": "array", "items": {"enum": ["a", "b"]}}}}}}""";

    private final UUID alice = UUID.randomUUID();
    private final FakeMcpServer server = new FakeMcpServer();

    @BeforeEach
    void readsFiles() {
        schema(SCHEMA);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void schema(String schema) {
        var tool = new JsonObject().put("name", "read").put("inputSchema", new JsonObject(schema));
        server.on(
                "tools/list",
                (request, message) ->
                        server.result(request, message, new JsonObject().put("tools", new JsonArray().add(tool))));
    }

    private ValidatableResponse call(UUID connection, String parameters) {
        return given().auth()
                .oauth2(Tokens.worker())
                .header("X-On-Behalf-Of", alice)
                .contentType("application/json")
                .body("{\"parameters\":" + parameters + "}")
                .post("/api/mcp/{id}/tools/read", connection)
                .then();
    }

    private UUID stored() {
        return StoredMcp.of(alice, server).id;
    }

    @Test
    void thatFitAreSentAsTheyAre() {
        call(stored(), "{\"path\":\"/a\",\"lines\":3,\"filter\":{\"tags\":[\"a\"]}}")
                .statusCode(200);

        assertThat(server.count("tools/call")).isOne();
    }

    @Test
    void thatDoNotFitAreToldFieldByFieldAndNotSent() {
        call(stored(), "{\"path\":\"sekrit\",\"lines\":11,\"filter\":{\"tags\":[\"a\",\"sekrit\"]},\"more\":1}")
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("tool-arguments-invalid"))
                .body("violations.find { it.field == 'parameters.path' }.message", equalTo("must match the pattern ^/"))
                .body("violations.find { it.field == 'parameters.lines' }.message", equalTo("must be at most 10"))
                .body(
                        "violations.find { it.field == 'parameters.filter.tags[1]' }.message",
                        equalTo("must be one of \"a\", \"b\""))
                .body(
                        "violations.find { it.field == 'parameters.more' }.message",
                        equalTo("is not known to the tool; leave it out"))
                .body(not(containsString("sekrit")));
        assertThat(server.count("tools/call")).isZero();
    }

    @Test
    void areCheckedWhenTheBodyNamesTheToolToo() {
        given().auth()
                .oauth2(Tokens.user(alice))
                .contentType("application/json")
                .body("{\"tool\":\"read\"}")
                .post("/api/mcp/{id}/call", stored())
                .then()
                .statusCode(400)
                .body("code", equalTo("tool-arguments-invalid"))
                .body("violations.field", contains("parameters.path"))
                .body("violations.message", contains("is required"));
        assertThat(server.count("tools/call")).isZero();
    }

    @Test
    void areNoCallThatIsReported() {
        call(stored(), "{}").statusCode(400);

        assertThat(UsageInbox.afterAFlush(alice)).isEmpty();
    }

    @Test
    void areNotRefusedByASchemaThatTheServerHasChanged() throws Exception {
        var id = stored();
        call(id, "{\"path\":\"/a\"}").statusCode(200);
        schema("{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"integer\"}}}");
        Thread.sleep(Duration.ofSeconds(5));

        call(id, "{\"path\":7}").statusCode(200);
        call(id, "{\"path\":\"/a\"}").statusCode(400);
        assertThat(server.count("tools/list")).isEqualTo(2);
    }

    @Test
    void doNotMakeAServerListItsToolsAgainAndAgain() {
        var id = stored();
        IntStream.range(0, 10).forEach(_ -> call(id, "{}").statusCode(400));

        assertThat(server.count("tools/list")).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$ref\":\"https://example.com/schema.json\"}",
                "{\"$schema\":\"https://example.com/dialect\",\"required\":[\"nope\"]}",
                "{\"properties\":{\"path\":{\"oneOf\":7}}}",
                "{\"allOf\":[{\"$ref\":\"#\"},{\"$ref\":\"#\"}]}",
                "{\"properties\":{\"path\":{\"pattern\":\"^(?=.)(.*)(.*)(.*)(.*)(.*)x$\"}}}"
            })
    void passUncheckedWhenTheSchemaIsBrokenOrTooComplex(String schema) {
        schema(schema);
        var before = counted("broken_schema") + counted("too_complex");
        call(stored(), "{\"path\":\"" + "/".repeat(4_000) + "\"}").statusCode(200);

        assertThat(counted("broken_schema") + counted("too_complex")).isEqualTo(before + 1);
    }

    private static double counted(String outcome) {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("mcp_tool_arguments_total{outcome=\"" + outcome + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
