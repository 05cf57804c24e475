package io.flowmaestro.connections.registry.connection;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.flowmaestro.connections.registry.Registry.ALICE;
import static io.flowmaestro.connections.registry.Registry.BOB;
import static io.flowmaestro.connections.registry.Registry.answer;
import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.peers;
import static io.flowmaestro.connections.registry.Registry.service;
import static io.flowmaestro.connections.registry.Registry.sql;
import static io.flowmaestro.connections.registry.Registry.stored;
import static io.flowmaestro.connections.registry.Registry.storedMcp;
import static io.flowmaestro.connections.registry.Registry.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RegistryTest
class ToolResourceTest {

    private static final String ECHO = """
            {"name": "echo", "title": "Echo", "description": "Echoes", "_meta": {"x": 1}, "annotations": {"readOnlyHint": true},
             "inputSchema": {"type": "object", "properties": {"message": {"type": "string"}, "times": {"maximum": 1.50}}},
             "outputSchema": {"type": "object"},
             "parameters": [{"name": "message", "type": "string", "required": false}]}""";
    private static final String ADD =
            "{\"name\": \"add\", \"inputSchema\": {\"type\": \"object\"}, \"parameters\": []}";

    @BeforeEach
    void peersWork() {
        Registry.peersThatWork();
    }

    private static String discovered(String... tools) {
        return "{\"data\": {\"server_info\": {\"name\": \"s\"}, \"capabilities\": {}, \"tools\": ["
                + String.join(",", tools) + "]}}";
    }

    private static String connected(UUID user, String... tools) {
        answer("/internal/mcp/discover", 200, discovered(tools));
        return storedMcp(user);
    }

    private static void refreshed(String id, String... tools) {
        answer("/internal/mcp/connections/" + id + "/discover", 200, discovered(tools));
        as(ALICE).post("/api/connections/{id}/refresh-tools", id).then().statusCode(200);
    }

    private static ValidatableResponse tools(String id) {
        return as(ALICE).get("/api/connections/{id}/tools", id).then();
    }

    private static ValidatableResponse decide(String id, String body) {
        return as(ALICE)
                .body(body)
                .put("/api/connections/{id}/tools/policy", id)
                .then();
    }

    private static String hash(String id, String tool) {
        return tools(id).extract().path("data.tools.find { it.name == '" + tool + "' }.hash");
    }

    private static String approve(String id, String tool) {
        return "{\"approve\": [{\"name\": \"%s\", \"hash\": \"%s\"}]}".formatted(tool, hash(id, tool));
    }

    private static List<String> events(String id) {
        return as(ALICE)
                .get("/api/connections/{id}/events", id)
                .then()
                .statusCode(200)
                .extract()
                .path("data.type");
    }

    @Nested
    class Tools {
        @Test
        void ofAServerThatIsReplacedWhileItIsAskedAreNotKept() throws Exception {
            String id = connected(ALICE, ECHO);
            peers().register(post(urlPathEqualTo("/internal/mcp/connections/" + id + "/discover"))
                    .willReturn(okJson(discovered(ADD)).withFixedDelay(1500)));
            var refreshing = CompletableFuture.runAsync(() -> as(ALICE)
                    .post("/api/connections/{id}/refresh-tools", id)
                    .then()
                    .statusCode(200));
            Awaitility.await()
                    .until(() -> peers().find(postRequestedFor(
                                            urlPathEqualTo("/internal/mcp/connections/" + id + "/discover")))
                                    .size()
                            == 1);

            as(ALICE)
                    .body("{\"data\": {\"server_url\": \"http://localhost:3200/mcp\"}}")
                    .put("/api/connections/{id}", id)
                    .then()
                    .statusCode(200);
            refreshing.get();

            tools(id).body("data.tools.name", contains("echo"));
            assertThat(events(id)).doesNotContain("tools_refreshed");
        }

        @Test
        void ofTheFirstLookAreShownWholeAndCountAsApproved() {
            tools(connected(ALICE, ECHO, ADD))
                    .statusCode(200)
                    .header("ETag", "\"1\"")
                    .body("success", equalTo(true))
                    .body("data.tools.name", contains("echo", "add"))
                    .body("data.tools[0].title", equalTo("Echo"))
                    .body("data.tools[0].description", equalTo("Echoes"))
                    .body("data.tools[0].input_schema.properties.message.type", equalTo("string"))
                    .body("data.tools[0].output_schema.type", equalTo("object"))
                    .body("data.tools[0].annotations.readOnlyHint", equalTo(true))
                    .body("data.tools[0].parameters[0].name", equalTo("message"))
                    .body("data.tools[1]", not(hasKey("title")))
                    .body("data.tools.state", everyItem(is("unchanged")))
                    .body("data.tools.approved", everyItem(is(true)))
                    .body("data.tools.diff", everyItem(nullValue()))
                    .body("data.policy.require_approval", equalTo(false))
                    .body("data.policy.allowed_tools", nullValue())
                    .body("data.refreshed_at", notNullValue());
        }

        @Test
        void thatAServerChangedAreToldApartWithWhatHasChanged() {
            String id = connected(ALICE, ECHO, ADD);
            refreshed(
                    id,
                    ECHO.replace("Echoes", "Echoes, and sends a copy").replace("\"maximum\": 1.50", "\"minimum\": 1"),
                    "{\"name\": \"sub\"}");

            tools(id)
                    .body("data.tools.name", contains("echo", "sub", "add"))
                    .body("data.tools.state", contains("changed", "new", "removed"))
                    .body("data.tools.approved", contains(false, false, false))
                    .body(
                            "data.tools[0].diff.path",
                            contains(
                                    "/description",
                                    "/inputSchema/properties/times/maximum",
                                    "/inputSchema/properties/times/minimum"))
                    .body("data.tools[0].diff[0].before", equalTo("Echoes"))
                    .body("data.tools[0].diff[0].after", equalTo("Echoes, and sends a copy"))
                    .body("data.tools[0].diff[1]", not(hasKey("after")))
                    .body("data.tools[0].diff[2]", not(hasKey("before")))
                    .body("data.tools[1]", not(hasKey("diff")));
        }

        @Test
        void areNotChangedByWhatDoesNotCount() {
            String id = connected(ALICE, ECHO);
            String before = hash(id, "echo");
            refreshed(id, ECHO.replace("\"x\": 1", "\"x\": 2").replace("1.50", "15e-1"));

            assertThat(hash(id, "echo")).isEqualTo(before);
            tools(id).body("data.tools[0].state", equalTo("unchanged"));
            assertThat(events(id)).doesNotContain("tools_changed");
        }

        @Test
        void keepEveryDigitOfTheirNumbers() throws Exception {
            String exact = ECHO.replace("1.50", "12345678901234567890.5");
            String id = connected(ALICE, exact);
            refreshed(id, exact);

            tools(id).body("data.tools[0].state", equalTo("unchanged"));
            for (var column : List.of("mcp_tools->0", "approved_tools->'echo'")) {
                assertThat(sql("select " + column + "->'inputSchema'->'properties'->'times'->>'maximum'"
                                + " from registry.connections where id = '" + id + "'"))
                        .isEqualTo("12345678901234567890.5");
            }
            refreshed(id, exact.replace("890.5", "890.6"));
            tools(id).body("data.tools[0].state", equalTo("changed"));
        }

        @Test
        void thatChangedAreRecordedOnceByName() {
            String id = connected(ALICE, ECHO, ADD);
            refreshed(id, ECHO.replace("Echoes", "Other"), "{\"name\": \"sub\"}");
            refreshed(id, ECHO.replace("Echoes", "Other"), "{\"name\": \"sub\"}");

            assertThat(events(id)).containsOnlyOnce("tools_changed");
            var event = "data.find { it.type == 'tools_changed' }.details.";
            as(ALICE)
                    .get("/api/connections/{id}/events", id)
                    .then()
                    .body(event + "added", contains("sub"))
                    .body(event + "changed", contains("echo"))
                    .body(event + "removed", contains("add"));
        }

        @Test
        void areLookedAtAgainByATest() {
            String id = connected(ALICE, ECHO);
            answer("/internal/mcp/connections/" + id + "/discover", 200, discovered(ECHO, ADD));
            as(ALICE).post("/api/connections/{id}/test", id).then().statusCode(200);

            tools(id).header("ETag", "\"1\"").body("data.tools.state", contains("unchanged", "new"));
            assertThat(events(id)).contains("tools_changed").doesNotContain("tools_refreshed");
        }

        @Test
        void ofAConnectionOfBeforeCountAsApprovedUntilTheyChange() throws Exception {
            String id = connected(ALICE, ECHO);
            update(
                    "update registry.connections set approved_tools = null, tool_policy = null, tools_refreshed_at = null"
                            + " where id = '" + id + "'");
            tools(id).body("data.tools.state", contains("unchanged")).body("data.refreshed_at", nullValue());

            refreshed(id, ECHO.replace("Echoes", "Other"));

            tools(id).body("data.tools.state", contains("changed"));
        }

        @Test
        void ofANewCredentialAreHeldToWhatWasApproved() {
            String id = connected(ALICE, ECHO);
            answer("/internal/mcp/discover", 200, discovered(ADD));
            reconnect(id, "http://localhost:3100/mcp");

            tools(id).body("data.tools.state", contains("new", "removed"));
            assertThat(events(id)).contains("tools_changed");
        }

        @Test
        void ofANewServerCountAsApproved() {
            String id = connected(ALICE, ECHO);
            answer("/internal/mcp/discover", 200, discovered(ADD));
            reconnect(id, "http://localhost:3200/mcp");

            tools(id).body("data.tools.state", contains("unchanged")).body("data.tools.name", contains("add"));
        }

        private static void reconnect(String id, String url) {
            as(ALICE)
                    .body("{\"data\": {\"server_url\": \"" + url
                            + "\", \"auth_type\": \"bearer\", \"bearer_token\": \"t\"}}")
                    .put("/api/connections/{id}", id)
                    .then()
                    .statusCode(200);
        }

        @Test
        void areForMcpConnectionsOnly() {
            tools(stored(ALICE, "openai")).statusCode(409).body("code", equalTo("connection-not-mcp"));
        }

        @Test
        void ofSomebodyElseLookMissing() {
            String id = connected(BOB, ECHO);

            tools(id).statusCode(404).body("code", equalTo("connection-not-found"));
            decide(id, "{\"require_approval\": true}").statusCode(404);
            as(BOB).get("/api/connections/{id}/tools", id).then().body("data.policy.require_approval", equalTo(false));
        }
    }

    @Nested
    class Policy {
        @Test
        void keepsWhatIsLeftOut() {
            String id = connected(ALICE, ECHO);
            decide(id, "{\"allowed_tools\": [\"echo\", \"echo\", \"later\"]}")
                    .statusCode(200)
                    .header("ETag", "\"2\"")
                    .body("data.policy.allowed_tools", contains("echo", "later"))
                    .body("data.policy.require_approval", equalTo(false));
            decide(id, "{\"require_approval\": true}")
                    .body("data.policy.allowed_tools", contains("echo", "later"))
                    .body("data.policy.require_approval", equalTo(true));
            decide(id, "{\"allowed_tools\": null}")
                    .body("data.policy.allowed_tools", nullValue())
                    .body("data.policy.require_approval", equalTo(true));

            assertThat(events(id)).filteredOn("updated"::equals).hasSize(3);
        }

        @Test
        void thatIsWhatItWasIsNoChange() {
            String id = connected(ALICE, ECHO);
            decide(id, "{\"require_approval\": false, \"allowed_tools\": null, \"approve\": []}")
                    .statusCode(200)
                    .header("ETag", "\"1\"");

            assertThat(events(id)).doesNotContain("updated", "tools_approved");
        }

        @Test
        void bindsToTheVersionThatWasRead() {
            String id = connected(ALICE, ECHO);
            as(ALICE)
                    .header("If-Match", "\"9\"")
                    .body("{\"require_approval\": true}")
                    .put("/api/connections/{id}/tools/policy", id)
                    .then()
                    .statusCode(412);
            as(ALICE)
                    .header("If-Match", "\"1\"")
                    .body("{\"require_approval\": true}")
                    .put("/api/connections/{id}/tools/policy", id)
                    .then()
                    .statusCode(200);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "[]",
                    "{\"require_approval\": \"yes\"}",
                    "{\"require_approval\": null}",
                    "{\"allowed_tools\": \"echo\"}",
                    "{\"allowed_tools\": [\"\"]}",
                    "{\"allowed_tools\": [7]}",
                    "{\"allowed_tools\": [\"a\\u0000\"]}",
                    "{\"approve\": {}}",
                    "{\"approve\": null}",
                    "{\"approve\": [{\"name\": \"echo\"}]}",
                    "{\"approve\": [{\"name\": \"echo\", \"hash\": \"short\"}]}",
                    "{\"allow\": []}"
                })
        void ofAnotherShapeIsRefused(String body) {
            decide(connected(ALICE, ECHO), body)
                    .statusCode(400)
                    .body("code", equalTo("validation-failed"))
                    .body("violations", not(hasSize(0)));
        }

        @Test
        void isWhatTheGatewayIsTold() {
            String id = connected(ALICE, ECHO, ADD);
            credential(id).body("data", not(hasKey("tool_policy")));

            decide(id, "{\"allowed_tools\": [\"add\"]}").statusCode(200);
            credential(id)
                    .body("data.tool_policy.allowed_tools", contains("add"))
                    .body("data.tool_policy", not(hasKey("approved")));

            decide(id, "{\"require_approval\": true, \"allowed_tools\": null}").statusCode(200);
            String approved = hash(id, "echo");
            refreshed(id, ECHO.replace("Echoes", "Other"), "{\"name\": \"sub\"}");
            credential(id)
                    .body("data.tool_policy.require_approval", equalTo(true))
                    .body("data.tool_policy.allowed_tools", nullValue())
                    .body("data.tool_policy.approved.echo", equalTo(approved))
                    .body("data.tool_policy.approved", not(hasKey("sub")));
        }

        private static ValidatableResponse credential(String id) {
            return service("mcp-gateway", ALICE)
                    .get("/internal/connections/{id}/credential", id)
                    .then()
                    .statusCode(200);
        }
    }

    @Nested
    class Approval {
        @Test
        void makesADefinitionTheOneThatCounts() {
            String id = connected(ALICE, ECHO);
            refreshed(id, ECHO.replace("Echoes", "Other"));

            decide(id, approve(id, "echo"))
                    .statusCode(200)
                    .header("ETag", "\"2\"")
                    .body("data.tools[0].state", equalTo("unchanged"))
                    .body("data.tools[0].approved", equalTo(true));

            as(ALICE)
                    .get("/api/connections/{id}/events", id)
                    .then()
                    .body("data.find { it.type == 'tools_approved' }.details.tools", contains("echo"));
        }

        @Test
        void ofADefinitionThatHasMovedOnIsRefusedWhole() {
            String id = connected(ALICE, ECHO, ADD);
            refreshed(id, ECHO.replace("Echoes", "Other"), ADD);
            String seen = approve(id, "echo");
            refreshed(id, ECHO.replace("Echoes", "Something else"), ADD);

            decide(id, seen.replace("}]}", "}], \"require_approval\": true}"))
                    .statusCode(409)
                    .body("code", equalTo("tool-changed"))
                    .body("tools", contains("echo"));

            tools(id)
                    .header("ETag", "\"1\"")
                    .body("data.tools[0].state", equalTo("changed"))
                    .body("data.policy.require_approval", equalTo(false));
        }

        @Test
        void ofAToolThatIsNotThereIsRefused() {
            String id = connected(ALICE, ECHO);

            decide(id, approve(id, "echo").replace("echo", "nope"))
                    .statusCode(409)
                    .body("tools", hasItem("nope"));
        }

        @Test
        void ofARemovedToolForgetsIt() {
            String id = connected(ALICE, ECHO, ADD);
            refreshed(id, ECHO);
            tools(id).body("data.tools.state", contains("unchanged", "removed"));

            decide(id, approve(id, "add")).statusCode(200).body("data.tools.name", contains("echo"));
            refreshed(id, ECHO, ADD);

            tools(id).body("data.tools.state", contains("unchanged", "new"));
        }
    }

    @Test
    void theDefinitionsAreStoredWhole() throws Exception {
        String id = connected(ALICE, ECHO);

        assertThat(sql("select mcp_tools->0->'_meta'->>'x' from registry.connections where id = '" + id + "'"))
                .isEqualTo("1");
        assertThat(sql("select approved_tools->'echo'->>'description' from registry.connections where id = '" + id
                        + "'"))
                .isEqualTo("Echoes");
    }
}
