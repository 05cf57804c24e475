package io.flowmaestro.connections.registry.template;

import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RegistryTest
class TemplateTest {

    private final UUID carol = UUID.randomUUID();
    private final UUID dave = UUID.randomUUID();

    @BeforeEach
    void peersWork() {
        Registry.peersThatWork();
    }

    private String connection(String body) {
        return as(carol)
                .body(body)
                .post("/api/connections")
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }

    private String twilio() {
        return connection("""
                {"name": "SMS", "connection_method": "api_key", "provider": "twilio",
                 "data": {"api_key": "sk-canary-1", "account_sid": "AC1"}, "metadata": {"note": "canary-note"}}""");
    }

    private String template(String... connections) {
        return as(carol)
                .body("{\"name\": \"Mine\", \"connection_ids\": [\"%s\"]}"
                        .formatted(String.join("\", \"", connections)))
                .post("/api/connections/templates")
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }

    @Nested
    class Offered {

        @Test
        void areOneForEachWayToConnectEachProvider() {
            as(carol)
                    .get("/api/connections/templates")
                    .then()
                    .statusCode(200)
                    .body("data", hasSize(greaterThan(100)))
                    .body("data.id", hasItem("openai:api_key"))
                    .body("data.id", hasItem("github:oauth2"))
                    .body("data.find { it.id == 'github:mcp' }.items[0].config.server_url", notNullValue());
        }
    }

    @Nested
    class Saved {

        @Test
        void holdWhatIsNoSecret() throws Exception {
            String id = template(twilio(), connection("""
                            {"name": "Tools", "connection_method": "mcp", "provider": "everything",
                             "data": {"server_url": "http://localhost:3100/mcp?key=canary", "auth_type": "bearer",
                                      "bearer_token": "canary-token"}}"""));

            as(carol)
                    .get("/api/connections/templates/{id}", id)
                    .then()
                    .statusCode(200)
                    .body("data.items", hasSize(2))
                    .body("data.items[0].config.account_sid", equalTo("AC1"))
                    .body("data.items[1].config.server_url", equalTo("http://localhost:3100/mcp"))
                    .body(not(containsString("canary")));
            assertThat(sql("select items::text from registry.templates where id = '" + id + "'"))
                    .doesNotContain("canary");
        }

        /** What was stored before addresses were masked has the key in its path still. */
        @Test
        void holdNoKeyThatIsInThePathOfAnAddress() throws Exception {
            String connection = connection("""
                    {"name": "Bot", "connection_method": "api_key", "provider": "telegram",
                     "data": {"api_key": "k", "base_url": "https://api.telegram.example"}}""");
            sql("""
                    update registry.connections
                       set metadata = jsonb_set(metadata, '{config,base_url}', '"https://api.telegram.example/bot123456:canary-AAAA"')
                     where id = '%s'
                    returning id""".formatted(connection));

            as(carol)
                    .get("/api/connections/templates/{id}", template(connection))
                    .then()
                    .statusCode(200)
                    .body("data.items[0].config.base_url", equalTo("https://api.telegram.example/***"));
        }

        @Test
        void arePutOnRecord() {
            String connection = twilio();
            template(connection);

            as(carol).get("/api/connections/{id}/events", connection).then().body("data[0].type", equalTo("exported"));
        }

        @Test
        void areOnesOwn() {
            String connection = twilio();
            String id = template(connection);

            as(dave).get("/api/connections/templates/{id}", id).then().statusCode(404);
            as(dave).delete("/api/connections/templates/{id}", id).then().statusCode(404);
            as(dave).body("{\"name\": \"x\", \"connection_ids\": [\"" + connection + "\"]}")
                    .post("/api/connections/templates")
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("connection-not-found"));
            as(carol).delete("/api/connections/templates/{id}", id).then().statusCode(200);
            as(carol).get("/api/connections/templates/{id}", id).then().statusCode(404);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"name\": \"x\", \"connection_ids\": []}",
                    "{\"name\": \"x\", \"connection_ids\": [7]}"
                })
        void areRefusedWithoutConnections(String body) {
            as(carol).body(body).post("/api/connections/templates").then().statusCode(400);
        }
    }

    @Nested
    class Imported {

        private static final String TEMPLATE = """
                {"template": {"id": "whatever", "name": "Mine", "source": "user", "items": [
                   {"name": "SMS", "connection_method": "api_key", "provider": "twilio", "config": {"account_sid": "AC1"}},
                   {"name": "GH", "connection_method": "oauth2", "provider": "github", "config": {}},
                   {"name": "Tools", "connection_method": "mcp", "provider": "everything",
                    "config": {"server_url": "http://localhost:3100/mcp"}}]}%s}""";

        @Test
        void showWhatWillBeMadeAndWhatIsMissing() throws Exception {
            String before = sql("select count(*) from registry.connections");

            as(carol)
                    .body(TEMPLATE.formatted(", \"preview\": true"))
                    .post("/api/connections/templates/import")
                    .then()
                    .statusCode(200)
                    .body("data.action", equalTo(List.of("create", "authorize", "create")))
                    .body("data[0].missing", equalTo(List.of("api_key")))
                    .body("data[1].missing", hasSize(0))
                    .body("data[2].missing", hasSize(0));

            assertThat(sql("select count(*) from registry.connections")).isEqualTo(before);
        }

        @Test
        void makeNothingWhileAnythingIsMissing() throws Exception {
            String before = sql("select count(*) from registry.connections");

            as(carol)
                    .body(TEMPLATE.formatted(""))
                    .post("/api/connections/templates/import")
                    .then()
                    .statusCode(400)
                    .body("violations.field", equalTo(List.of("values[0].api_key")));

            assertThat(sql("select count(*) from registry.connections")).isEqualTo(before);
        }

        @Test
        void makeTheConnectionsWithTheSecretsThatCome() {
            as(carol)
                    .body(TEMPLATE.formatted(", \"values\": [{\"api_key\": \"sk-canary-1\"}, null, {}]"))
                    .post("/api/connections/templates/import")
                    .then()
                    .statusCode(200)
                    .body("data[0].connection.metadata.config.account_sid", equalTo("AC1"))
                    .body("data[1].action", equalTo("authorize"))
                    .body("data[2].connection.mcp_tool_count", equalTo(1))
                    .body(not(containsString("canary")));

            as(carol).get("/api/connections").then().body("data", hasSize(2));
        }

        @Test
        void tellsWhatCouldNotBeMadeAndGoesOn() {
            Registry.answer("/internal/mcp/discover", 502, """
                    {"code": "mcp-server-unreachable", "detail": "The server cannot be reached.", "status": 502}""");

            as(carol)
                    .body(TEMPLATE.formatted(", \"values\": [{\"api_key\": \"k\"}, null, null]"))
                    .post("/api/connections/templates/import")
                    .then()
                    .statusCode(200)
                    .body("data[0].connection.name", equalTo("SMS"))
                    .body("data[2].error", equalTo("The server cannot be reached."));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"template\": []}",
                    "{\"template\": {\"items\": []}}",
                    "{\"template\": {\"items\": [{\"name\": \"x\", \"connection_method\": \"telepathy\", \"provider\": \"x\"}]}}",
                    "{\"template\": {\"items\": [{\"name\": \"x\", \"connection_method\": \"api_key\", \"provider\": \"x\", \"secret\": 1}]}}",
                    "{\"template\": {\"items\": [{\"name\": \"x\", \"connection_method\": \"api_key\", \"provider\": \"x\"}]}, \"values\": [1]}",
                    "{\"template\": {\"items\": [{\"name\": \"x\", \"connection_method\": \"api_key\", \"provider\": \"x\", \"config\": {\"unknown\": 1}}]}, \"values\": [{\"api_key\": \"k\"}]}"
                })
        void refuseWhatIsNoTemplate(String body) {
            as(carol)
                    .body(body)
                    .post("/api/connections/templates/import")
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("validation-failed"));
        }
    }
}
