package io.flowmaestro.connections.registry.connection;

import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.flowmaestro.connections.registry.Registry.ALICE;
import static io.flowmaestro.connections.registry.Registry.answer;
import static io.flowmaestro.connections.registry.Registry.apiKey;
import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.peers;
import static io.flowmaestro.connections.registry.Registry.sql;
import static io.flowmaestro.connections.registry.Registry.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@RegistryTest
class ConnectionResourceTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String MCP = """
            {"name": "Tools", "connection_method": "mcp", "provider": "everything",
             "data": {"server_url": "http://localhost:3100/mcp", "auth_type": "bearer", "bearer_token": "canary-token"}}""";

    private static final String SETTINGS_REFUSED = """
            {"code": "validation-failed", "status": 400, "title": "Validation failed", "trace_id": "canary-trace",
             "detail": "canary detail", "violations": [
               {"field": "bearer_token", "message": "has characters that a header cannot carry, or is too long"},
               {"field": "headers.Cookie", "message": "this header name cannot be used; choose another one"}]}""";

    @BeforeEach
    void peersWork() {
        Registry.peersThatWork();
    }

    private static ValidatableResponse create(String body) {
        return as(ALICE).body(body).post("/api/connections").then();
    }

    private static ValidatableResponse change(String id, String body) {
        return as(ALICE).body(body).put("/api/connections/{id}", id).then();
    }

    @Nested
    class Create {
        @Test
        void answersWithTheConnectionAndWhereItIs() {
            String id = create("""
                    {"name": "Mein Schlüssel 🔑", "connection_method": "api_key", "provider": "openai",
                     "data": {"api_key": "sk-canary-1", "base_url": "https://eu.api.openai.com"},
                     "metadata": {"team": "red"}}""")
                    .statusCode(201)
                    .header("Location", matchesPattern(".*/api/connections/[0-9a-f-]{14}7[0-9a-f-]{21}"))
                    .header("ETag", equalTo("\"1\""))
                    .body("success", equalTo(true))
                    .body("data.name", equalTo("Mein Schlüssel 🔑"))
                    .body("data.status", equalTo("active"))
                    .body("data.version", equalTo(1))
                    .body("data.metadata.team", equalTo("red"))
                    .body("data.metadata.config.base_url", equalTo("https://eu.api.openai.com"))
                    .body("data.created_at", notNullValue())
                    .body("data", not(hasKey("data")))
                    .body("data", not(hasKey("user_id")))
                    .extract()
                    .path("data.id");

            as(ALICE).get("/api/connections/{id}", id).then().statusCode(200).body("data.id", equalTo(id));
        }

        /** Some APIs take it there. */
        @Test
        void storesNoKeyThatIsInTheAddressOutsideTheEnvelope() throws Exception {
            String id = create("""
                    {"name": "Bot", "connection_method": "api_key", "provider": "telegram",
                     "data": {"api_key": "k", "base_url": "https://api.telegram.example/bot123456:canary-AAAA?key=canary"}}""")
                    .statusCode(201)
                    .body("data.metadata.config.base_url", equalTo("https://api.telegram.example/***?key=***"))
                    .extract()
                    .path("data.id");

            assertThat(sql("select metadata::text from registry.connections where id = '" + id + "'"))
                    .doesNotContain("canary");
        }

        @Test
        void storesTheVaultsEnvelopeAndNothingElseOfTheSecret() throws Exception {
            String id = stored(ALICE, "openai");

            assertThat(sql("select jsonb_typeof(data) || (data->>'ciphertext') from registry.connections where id = '"
                            + id + "'"))
                    .isEqualTo("objectc2VhbGVk");
            assertThat(sql("select c::text from registry.connections c where id = '" + id + "'"))
                    .doesNotContain("sk-canary-1");
        }

        @Test
        void sealsForTheUserAndTheIdThatTheRowWillHave() {
            String id = stored(ALICE, "openai");

            String plaintext = Base64.getEncoder()
                    .encodeToString("{\"api_key\":\"sk-canary-1\"}".getBytes(StandardCharsets.UTF_8));
            peers().verifyThat(postRequestedFor(urlPathEqualTo("/internal/encrypt"))
                    .withHeader("X-On-Behalf-Of", WireMock.equalTo(ALICE.toString()))
                    .withHeader("Authorization", matching("Bearer .+"))
                    .withRequestBody(matchingJsonPath("$.connection_id", WireMock.equalTo(id)))
                    .withRequestBody(matchingJsonPath("$.purpose", WireMock.equalTo("connection-data")))
                    .withRequestBody(matchingJsonPath("$.plaintext", WireMock.equalTo(plaintext))));
        }

        @Test
        void keepsToolsWholeForAnMcpServer() {
            create(MCP)
                    .statusCode(201)
                    .body("data.mcp_server_url", equalTo("http://localhost:3100/mcp"))
                    .body("data.mcp_tool_count", equalTo(1))
                    .body("data.mcp_tools[0].name", equalTo("echo"))
                    .body("data.mcp_tools[0]._meta.x", equalTo(1))
                    .body("data.mcp_tools[0].parameters[0].required", equalTo(true))
                    .body("data.capabilities.tools.listChanged", equalTo(true))
                    .body("data.metadata.server_info.protocol_version", equalTo("2025-11-25"))
                    .body("data.metadata.config.auth_type", equalTo("bearer"))
                    .body("data.metadata.config", not(hasKey("bearer_token")));
        }

        @Test
        void keepsTheExpiryOfATokenThatAUserBrings() {
            create("""
                    {"name": "T", "connection_method": "oauth2", "provider": "github",
                     "data": {"access_token": "t", "expires_at": 1900000000000, "scope": ["repo"]}}""").statusCode(201).body("data.expires_at", equalTo("2030-03-17T17:46:40Z"));
        }

        @Test
        void knowsNoMomentAfterTheYear9999() {
            String token = """
                    {"name": "T", "connection_method": "oauth2", "provider": "github",
                     "data": {"access_token": "t", "expires_at": %d}}""";

            create(token.formatted(253_402_300_799_999L))
                    .statusCode(201)
                    .body("data.expires_at", equalTo("9999-12-31T23:59:59.999Z"));
            create(token.formatted(253_402_300_800_000L))
                    .statusCode(400)
                    .body("violations.field", hasItem("data.expires_at"))
                    .body("violations[0].message", equalTo("must be a whole number from 0 to 253402300799999"));
        }

        @ParameterizedTest(name = "{2}: {0} {1}")
        @CsvSource({
            "403, mcp-server-forbidden, 403",
            "429, mcp-server-busy, 429",
            "502, mcp-server-failing, 502",
            "502, mcp-server-unreachable, 502",
            "502, mcp-server-unauthorized, 502",
            "502, mcp-protocol-error, 502",
            "504, mcp-server-timeout, 504",
            "400, server-url-not-allowed, 400"
        })
        void passesOnWhatTheGatewaySaysAndStoresNothing(int status, String code, int expected) throws Exception {
            answer("/internal/mcp/discover", status, """
                    {"code": "%s", "detail": "Said by the gateway."}""".formatted(code));
            String before = sql("select count(*) from registry.connections");

            create(MCP)
                    .statusCode(expected)
                    .contentType("application/problem+json")
                    .body("code", equalTo(code))
                    .body("detail", equalTo("Said by the gateway."));
            assertThat(sql("select count(*) from registry.connections")).isEqualTo(before);
        }

        @Test
        void namesTheSettingsOfAnMcpServerThatTheGatewayRefuses() throws Exception {
            answer("/internal/mcp/discover", 400, SETTINGS_REFUSED);
            String before = sql("select count(*) from registry.connections");

            create(MCP)
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("code", equalTo("validation-failed"))
                    .body("violations.field", contains("data.bearer_token", "data.headers.Cookie"))
                    .body("violations[0].message", equalTo("has characters that a header cannot carry, or is too long"))
                    .body(not(Matchers.containsString("canary")));
            assertThat(sql("select count(*) from registry.connections")).isEqualTo(before);
        }

        @ParameterizedTest
        @ValueSource(strings = {"[]", "null", "[null]", "[{}]", "[{\"field\": \"timeout\"}]", "\"canary\""})
        void takesARefusalThatNamesNothingForAFaultOfTheGateway(String violations) {
            answer("/internal/mcp/discover", 400, """
                    {"code": "validation-failed", "detail": "canary", "violations": %s}""".formatted(violations));

            create(MCP)
                    .statusCode(503)
                    .body("code", equalTo("gateway-unavailable"))
                    .body(not(Matchers.containsString("canary")));
        }

        @Test
        void refusesToolsThatCannotBeStored() {
            answer("/internal/mcp/discover", 200, """
                    {"data": {"server_info": {}, "capabilities": {}, "tools": [{"name": "a\\u0000b"}]}}""");

            create(MCP).statusCode(502).body("code", equalTo("mcp-protocol-error"));
        }

        @ParameterizedTest
        @CsvSource({"/internal/encrypt, vault-unavailable", "/internal/mcp/discover, gateway-unavailable"})
        void saysWhenToTryAgainIfAPeerIsAway(String path, String code) throws Exception {
            answer(path, 500, "{\"detail\": \"canary internals\"}");
            String before = sql("select count(*) from registry.connections");

            create(MCP)
                    .statusCode(503)
                    .header("Retry-After", equalTo("5"))
                    .body("code", equalTo(code))
                    .body("detail", not(Matchers.containsString("canary")));
            assertThat(sql("select count(*) from registry.connections")).isEqualTo(before);
        }

        @ParameterizedTest(name = "{1}")
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                {}                                                                             | name
                []                                                                             | body
                null                                                                           | body
                "text"                                                                         | body
                {"name": "", "connection_method": "api_key", "provider": "x", "data": {"api_key": "k"}}            | name
                {"name": "a\\u0000b", "connection_method": "api_key", "provider": "x", "data": {"api_key": "k"}}   | name
                {"name": "\\ud800", "connection_method": "api_key", "provider": "x", "data": {"api_key": "k"}}     | name
                {"name": "n", "connection_method": "telepathy", "provider": "x", "data": {"api_key": "k"}}         | connection_method
                {"name": "n", "connection_method": 5, "provider": "x", "data": {"api_key": "k"}}                   | connection_method
                {"name": "n", "connection_method": "api_key", "provider": "No Slug", "data": {"api_key": "k"}}     | provider
                {"name": "n", "connection_method": "api_key", "provider": "x"}                                     | data
                {"name": "n", "connection_method": "api_key", "provider": "x", "data": {"password": "k"}}          | data.password
                {"name": "n", "connection_method": "oauth2", "provider": "unknown-service", "data": {"access_token": "t"}} | provider
                {"name": "n", "connection_method": "oauth2", "provider": "openai", "data": {"access_token": "t"}}  | provider
                {"name": "n", "connection_method": "api_key", "provider": "x", "data": {"api_key": "k"}, "id": "1"}       | id
                {"name": "n", "connection_method": "api_key", "provider": "x", "data": {"api_key": "k"}, "metadata": []}  | metadata
                {"name": "n", "connection_method": "api_key", "provider": "x", "data": {"api_key": "k"}, "metadata": {"a": "\\u0000"}} | metadata
                {"name": "n", "connection_method": "api_key", "provider": "x", "data": {"api_key": "k"}, "metadata": {"a\\u0000": 1}}  | metadata
                {"name": "n", "connection_method": "api_key", "provider": "x", "data": {"api_key": "k"}, "metadata": {"a": 1e999}}     | metadata
                {"name": "n", "connection_method": "api_key", "provider": "x", "data": {"api_key": "k"}, "metadata": {"config": {}}}   | metadata.config
                """)
        void namesWhatIsWrong(String body, String field) {
            create(body)
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("code", equalTo("validation-failed"))
                    .body("violations.field", hasItem(field));
        }

        @Test
        void boundsNameAndMetadata() {
            create(apiKey("n".repeat(256), "x")).statusCode(400).body("violations.field", hasItem("name"));
            create(apiKey("🔑".repeat(255), "x")).statusCode(201);
            create("""
                    {"name": "n", "connection_method": "api_key", "provider": "x", "data": {"api_key": "k"},
                     "metadata": {"a": "%s"}}""".formatted("x".repeat(17_000))).statusCode(400).body("violations.field", hasItem("metadata"));
        }
    }

    @Nested
    class Read {
        @ParameterizedTest
        @CsvSource({"not-a-uuid", "1-1-1-1-1", "%00", "0190a1ce-0000-7000-8000-0000000fffff", "..%2f.."})
        void answersEveryUnknownIdAlike(String id) {
            as(ALICE)
                    .urlEncodingEnabled(false)
                    .get("/api/connections/" + id)
                    .then()
                    .statusCode(404)
                    .body("code", Matchers.oneOf("connection-not-found", "not-found"));
        }

        @Test
        void tagsTheConnectionWithItsVersion() {
            String id = stored(ALICE, "openai");
            change(id, "{\"name\": \"other\"}").statusCode(200).header("ETag", equalTo("\"2\""));

            as(ALICE)
                    .get("/api/connections/{id}", id)
                    .then()
                    .statusCode(200)
                    .header("ETag", equalTo("\"2\""))
                    .body("data.version", equalTo(2));
        }
    }

    @Nested
    class Update {
        @Test
        void keepsWhatIsAbsentAndMergesMetadata() {
            String id = create("""
                    {"name": "n", "connection_method": "api_key", "provider": "x", "data": {"api_key": "k"},
                     "metadata": {"a": 1, "b": 2}}""").extract().path("data.id");

            change(id, "{\"metadata\": {\"b\": null, \"c\": 3}}")
                    .statusCode(200)
                    .body("data.name", equalTo("n"))
                    .body("data.metadata.a", equalTo(1))
                    .body("data.metadata", not(hasKey("b")))
                    .body("data.metadata.c", equalTo(3));
        }

        @Test
        void keepsTheDataWhenTheGatewayRefusesTheNewSettings() throws Exception {
            String id = create(MCP).statusCode(201).extract().path("data.id");
            answer("/internal/mcp/discover", 400, SETTINGS_REFUSED);

            change(id, """
                    {"data": {"server_url": "http://localhost:3100/mcp", "headers": {"Cookie": "a"}}}""")
                    .statusCode(400)
                    .body("code", equalTo("validation-failed"))
                    .body("violations.field", hasItem("data.headers.Cookie"));
            assertThat(sql("select credential_generation from registry.connections where id = '" + id + "'"))
                    .isEqualTo("1");
        }

        @Test
        void replacesDataWholeAsAReconnect() throws Exception {
            String id = stored(ALICE, "openai");
            sql("update registry.connections set status = 'revoked', status_reason = 'r' where id = '" + id
                    + "' returning 1");

            change(id, "{\"data\": {\"api_key\": \"sk-2\"}}")
                    .statusCode(200)
                    .body("data.version", equalTo(2))
                    .body("data.status", equalTo("active"))
                    .body("data.status_reason", nullValue());
            assertThat(sql("select credential_generation from registry.connections where id = '" + id + "'"))
                    .isEqualTo("2");
        }

        @Test
        void bindsToIfMatchWhereItIsSent() {
            String id = stored(ALICE, "openai");

            as(ALICE)
                    .header("If-Match", "\"7\"")
                    .body("{\"name\": \"late\"}")
                    .put("/api/connections/{id}", id)
                    .then()
                    .statusCode(412)
                    .body("code", equalTo("precondition-failed"));
            as(ALICE)
                    .header("If-Match", "\"1\"")
                    .body("{\"name\": \"in time\"}")
                    .put("/api/connections/{id}", id)
                    .then()
                    .statusCode(200)
                    .body("data.name", equalTo("in time"));
        }

        @Test
        void takesAWholeConnectionBackThoughItHasMovedOn() throws Exception {
            String id = create(MCP).statusCode(201).extract().path("data.id");
            String read = as(ALICE).get("/api/connections/{id}", id).asString();
            var whole = (ObjectNode) JSON.readTree(read).get("data");
            sql("update registry.connections set last_used_at = now(), last_tested_at = now(), version = 7,"
                    + " updated_at = now(), capabilities = '{\"x\": {}}' where id = '" + id + "' returning 1");

            change(id, whole.put("name", "renamed").toString())
                    .statusCode(200)
                    .body("data.name", equalTo("renamed"))
                    .body("data.version", equalTo(8))
                    .body("data.capabilities", hasKey("x"))
                    .body("data.last_used_at", notNullValue());
        }

        @Test
        void losesNoConcurrentChange() {
            String id = stored(ALICE, "openai");

            CompletableFuture.allOf(IntStream.range(0, 8)
                            .mapToObj(i -> CompletableFuture.runAsync(
                                    () -> change(id, "{\"metadata\": {\"k" + i + "\": " + i + "}}")
                                            .statusCode(200)))
                            .toArray(CompletableFuture[]::new))
                    .join();

            var answer = as(ALICE).get("/api/connections/{id}", id).then();
            IntStream.range(0, 8).forEach(i -> answer.body("data.metadata.k" + i, equalTo(i)));
            answer.body("data.version", equalTo(9));
        }

        @Test
        void letsOneOfManyWithTheSameTagWin() {
            String id = stored(ALICE, "openai");

            var statuses = IntStream.range(0, 8)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> as(ALICE)
                            .header("If-Match", "\"1\"")
                            .body("{\"name\": \"n" + i + "\"}")
                            .put("/api/connections/{id}", id)
                            .statusCode()))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();

            assertThat(statuses).containsOnlyOnce(200).contains(412);
        }

        @Test
        void changesNothingWhenNothingIsAsked() {
            String id = stored(ALICE, "openai");

            change(id, "{}").statusCode(200).body("data.version", equalTo(1));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                {"connection_method": "mcp"}      | connection_method
                {"provider": "github"}            | provider
                {"name": null}                    | name
                {"status": "revoked"}             | status
                {"status": null}                  | status
                {"id": "none"}                    | id
                {"mcp_server_url": "http://a/b"}  | mcp_server_url
                {"user_id": "none"}               | user_id
                {"data": {"access_token": "t"}}   | data.access_token
                {"data": null}                    | data
                {"metadata": null}                | metadata
                """)
        void refusesWhatCannotBeChanged(String body, String field) {
            String id = stored(ALICE, "openai");

            change(id, body).statusCode(400).body("violations.field", hasItem(field));
        }

        @Test
        void acceptsMethodAndProviderAsTheyAre() {
            String id = stored(ALICE, "openai");

            change(id, "{\"connection_method\": \"api_key\", \"provider\": \"openai\", \"name\": \"same\"}")
                    .statusCode(200);
        }
    }

    @Nested
    class Delete {
        @Test
        void hidesTheConnectionAtOnceAndKeepsTheRow() throws Exception {
            String id = stored(ALICE, "openai");

            as(ALICE)
                    .delete("/api/connections/{id}", id)
                    .then()
                    .statusCode(200)
                    .body("data.id", equalTo(id))
                    .body("data.deleted_at", notNullValue());

            as(ALICE).get("/api/connections/{id}", id).then().statusCode(404);
            as(ALICE).delete("/api/connections/{id}", id).then().statusCode(404);
            change(id, "{\"name\": \"x\"}").statusCode(404);
            assertThat(sql("select deleted_at is not null from registry.connections where id = '" + id + "'"))
                    .isEqualTo("t");
        }

        @Test
        void bindsToIfMatchWhereItIsSent() {
            String id = stored(ALICE, "openai");

            as(ALICE)
                    .header("If-Match", "\"9\"")
                    .delete("/api/connections/{id}", id)
                    .then()
                    .statusCode(412);
            as(ALICE).get("/api/connections/{id}", id).then().statusCode(200);
        }
    }

    @Nested
    class RefreshTools {
        @Test
        void storesWhatTheServerOffersNow() {
            String id = create(MCP).extract().path("data.id");
            answer("/internal/mcp/connections/" + id + "/discover", 200, """
                    {"data": {"server_info": {"name": "everything", "version": "2.0"}, "capabilities": {"tools": {}},
                              "tools": [{"name": "echo"}, {"name": "add"}]}}""");

            as(ALICE)
                    .post("/api/connections/{id}/refresh-tools", id)
                    .then()
                    .statusCode(200)
                    .body("data.mcp_tool_count", equalTo(2))
                    .body("data.mcp_tools[1].name", equalTo("add"))
                    .body("data.metadata.server_info.version", equalTo("2.0"))
                    .body("data.metadata.config.auth_type", equalTo("bearer"))
                    .body("data.version", equalTo(1));
        }

        @Test
        void keepsTheToolsWhenTheServerIsAway() {
            String id = create(MCP).extract().path("data.id");
            answer("/internal/mcp/connections/" + id + "/discover", 502, """
                    {"code": "mcp-server-unreachable", "detail": "Gone."}""");

            as(ALICE)
                    .post("/api/connections/{id}/refresh-tools", id)
                    .then()
                    .statusCode(502)
                    .body("code", equalTo("mcp-server-unreachable"));
            as(ALICE).get("/api/connections/{id}", id).then().body("data.mcp_tool_count", equalTo(1));
        }

        @ParameterizedTest(name = "{1}")
        @CsvSource({
            "409, connection-not-active, 409, connection-not-active",
            "409, connection-not-usable, 409, connection-not-usable",
            "409, not-an-mcp-connection, 409, connection-not-mcp",
            "500, credential-unreadable, 500, credential-unreadable",
            "500, internal-error, 503, gateway-unavailable",
            "503, service-unavailable, 503, gateway-unavailable"
        })
        void tellsWhatIsWrongWithTheConnectionFromAGatewayThatIsAway(
                int status, String code, int expected, String told) {
            String id = create(MCP).extract().path("data.id");
            answer("/internal/mcp/connections/" + id + "/discover", status, """
                    {"code": "%s", "detail": "Said by the gateway."}""".formatted(code));

            as(ALICE)
                    .post("/api/connections/{id}/refresh-tools", id)
                    .then()
                    .statusCode(expected)
                    .contentType("application/problem+json")
                    .body("code", equalTo(told))
                    .body("detail", expected == 503 ? not("Said by the gateway.") : equalTo("Said by the gateway."));
        }

        @Test
        void namesTheStoredSettingsThatCannotBeUsed() {
            String id = create(MCP).extract().path("data.id");
            answer("/internal/mcp/connections/" + id + "/discover", 409, """
                    {"code": "connection-not-usable", "detail": "See violations.", "violations": [
                      {"field": "headers.Cookie", "message": "this header name cannot be used; choose another one"}]}""");

            as(ALICE)
                    .post("/api/connections/{id}/refresh-tools", id)
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("connection-not-usable"))
                    .body("violations.field", contains("data.headers.Cookie"))
                    .body("violations[0].message", equalTo("this header name cannot be used; choose another one"));
        }

        @Test
        void isForMcpConnectionsOnly() {
            as(ALICE)
                    .post("/api/connections/{id}/refresh-tools", stored(ALICE, "openai"))
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("connection-not-mcp"));
        }
    }

    @Nested
    class Stats {
        @Test
        void countsTheUsersOwnLiveConnections() {
            UUID carol = UUID.randomUUID();
            stored(carol, "openai");
            stored(carol, "openai");
            as(carol).delete("/api/connections/{id}", stored(carol, "github"));

            as(carol)
                    .get("/api/connections/stats")
                    .then()
                    .statusCode(200)
                    .body("data.total", equalTo(2))
                    .body("data.by_status.active", equalTo(2))
                    .body("data.by_method.api_key", equalTo(2))
                    .body("data.by_provider.openai", equalTo(2))
                    .body("data.by_provider", not(hasKey("github")));
        }
    }

    @Test
    void linksAreNeverMadeFromTheHostHeader() {
        as(ALICE)
                .header("Host", "evil.example")
                .body(apiKey("n", "x"))
                .post("/api/connections")
                .then()
                .statusCode(201)
                .header("Location", not(Matchers.containsString("evil")));
    }
}
