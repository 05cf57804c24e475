package io.flowmaestro.connections.mcp.discovery;

import static io.flowmaestro.connections.mcp.testing.FakeMcpServer.tools;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.testing.PeersResource;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class DiscoveryResourceTest {

    private static final UUID ALICE = UUID.randomUUID();

    private final FakeMcpServer server = new FakeMcpServer();

    @TestHTTPResource
    URI address;

    @AfterEach
    void stop() {
        server.close();
    }

    private static ValidatableResponse discover(JsonObject request) {
        return given().auth()
                .oauth2(Tokens.user(ALICE))
                .contentType("application/json")
                .body(request.encode())
                .post("/api/connections/mcp/discover")
                .then();
    }

    private JsonObject request() {
        return new JsonObject().put("server_url", server.url());
    }

    @Nested
    class Discover {
        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void showsServerAndToolsFromJsonAndFromAnEventStream(boolean events) {
            server.events = events;

            discover(request())
                    .statusCode(200)
                    .body("success", equalTo(true))
                    .body("data.server_info.name", equalTo("fake"))
                    .body("data.server_info.version", equalTo("1.2.3"))
                    .body("data.server_info.protocol_version", equalTo("2025-11-25"))
                    .body("data.capabilities.tools", equalTo(java.util.Map.of()))
                    .body("data.tools", hasSize(2))
                    .body("data.tools[0].name", equalTo("echo"))
                    .body("data.tools[0]._meta.kept", equalTo(true))
                    .body("data.tools[0].inputSchema.type", equalTo("object"))
                    .body("data.tools[0].parameters[0].name", equalTo("path"))
                    .body("data.tools[0].parameters[0].type", equalTo("string"))
                    .body("data.tools[0].parameters[0].required", equalTo(false));
        }

        @Test
        void followsTheLifecycleAndClosesItsSession() {
            discover(request()).statusCode(200);

            assertThat(server.seen.stream().map(one -> one.method() + " " + one.rpc()))
                    .containsExactly(
                            "POST server/discover",
                            "POST initialize",
                            "POST notifications/initialized",
                            "POST tools/list",
                            "DELETE ");
            var first = server.seen.get(1);
            assertThat(first.message().getJsonObject("params").getString("protocolVersion"))
                    .isEqualTo("2025-11-25");
            assertThat(first.headers().get("Accept")).isEqualTo("application/json, text/event-stream");
            assertThat(first.headers().contains("Mcp-Session-Id")).isFalse();
            assertThat(server.seen.subList(2, 5)).allSatisfy(later -> {
                assertThat(later.headers().get("Mcp-Session-Id")).isEqualTo("session-1");
                assertThat(later.headers().get("MCP-Protocol-Version")).isEqualTo("2025-11-25");
            });
            assertThat(server.sessions).isEmpty();
        }

        @Test
        void closesItsSessionAlsoWhenTheCallerHangsUp() throws Exception {
            var listing = new CountDownLatch(1);
            server.on("tools/list", (_, _) -> listing.countDown());
            var look = HttpRequest.newBuilder(address.resolve("/api/connections/mcp/discover"))
                    .header("Authorization", "Bearer " + Tokens.user(ALICE))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(request().encode()))
                    .build();
            try (var caller = HttpClient.newHttpClient()) {
                var answer = caller.sendAsync(look, HttpResponse.BodyHandlers.ofString());
                assertThat(listing.await(5, TimeUnit.SECONDS)).isTrue();
                answer.cancel(true);
                caller.shutdownNow();
            }

            var end = Instant.now().plus(Duration.ofSeconds(5));
            while (!server.sessions.isEmpty() && Instant.now().isBefore(end)) {
                Thread.onSpinWait();
            }
            assertThat(server.sessions).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"})
        void takesOlderRevisionsAndServersWithoutSessions(String version) {
            server.version = version;
            server.keepsSessions = false;

            discover(request()).statusCode(200).body("data.server_info.protocol_version", equalTo(version));
            assertThat(server.last("tools/list").headers().get("MCP-Protocol-Version"))
                    .isEqualTo(version);
        }

        @Test
        void readsEveryPage() {
            server.on("tools/list", (request, message) -> {
                var cursor = message.getJsonObject("params").getString("cursor", "1");
                var page = tools("tool-" + cursor);
                server.result(request, message, cursor.equals("3") ? page : page.put("nextCursor", next(cursor)));
            });

            discover(request()).statusCode(200).body("data.tools.name", equalTo(List.of("tool-1", "tool-2", "tool-3")));
        }

        @Test
        void asksAServerWithoutToolsForNone() {
            server.on(
                    "initialize",
                    (request, message) -> server.result(
                            request,
                            message,
                            new JsonObject()
                                    .put("protocolVersion", "2025-06-18")
                                    .put("serverInfo", new JsonObject().put("name", "bare"))
                                    .put("capabilities", new JsonObject())));

            discover(request()).statusCode(200).body("data.tools", hasSize(0));
            assertThat(server.count("tools/list")).isZero();
        }

        private static String next(String cursor) {
            return Integer.toString(Integer.parseInt(cursor) + 1);
        }
    }

    @Nested
    class Authentication {
        static Stream<List<String>> kinds() {
            return Stream.of(
                    List.of("{'auth_type':'none'}", "", ""),
                    List.of("{'auth_type':'api_key','api_key':'k-1'}", "X-API-Key", "k-1"),
                    List.of("{'auth_type':'api_key','api_key':'k-1','api_key_header':'X-Own'}", "X-Own", "k-1"),
                    List.of("{'auth_type':'bearer','bearer_token':'t-1'}", "Authorization", "Bearer t-1"),
                    List.of("{'auth_type':'basic','username':'u','password':'p'}", "Authorization", "Basic dTpw"));
        }

        @ParameterizedTest
        @MethodSource("kinds")
        void putsExactlyItsHeaderOnEveryRequestNestedOrFlat(List<String> kind) {
            var auth = new JsonObject(kind.get(0).replace('\'', '"'));
            discover(request().put("auth", auth)).statusCode(200);
            discover(request().mergeIn(auth)).statusCode(200);

            assertThat(server.seen).hasSize(9).allSatisfy(one -> {
                assertThat(one.headers().names())
                        .filteredOn(name -> List.of("authorization", "x-api-key", "x-own", "x-on-behalf-of", "cookie")
                                .contains(name.toLowerCase(java.util.Locale.ROOT)))
                        .isEqualTo(Stream.of(kind.get(1))
                                .filter(name -> !name.isEmpty())
                                .toList());
                if (!kind.get(1).isEmpty()) {
                    assertThat(one.headers().getAll(kind.get(1))).containsExactly(kind.get(2));
                }
            });
        }

        @Test
        void neverPassesTheCallersTokenOn() {
            var token = Tokens.user(ALICE);
            given().auth()
                    .oauth2(token)
                    .header("Cookie", "a=b")
                    .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                    .contentType("application/json")
                    .body(request().encode())
                    .post("/api/connections/mcp/discover")
                    .then()
                    .statusCode(200);

            assertThat(server.seen)
                    .isNotEmpty()
                    .allSatisfy(one -> assertThat(one.headers().entries())
                            .noneMatch(header -> header.getValue().contains(token))
                            .noneMatch(header -> header.getKey().equalsIgnoreCase("cookie"))
                            .noneMatch(header -> header.getKey().equalsIgnoreCase("traceparent")));
        }

        @Test
        void sendsCustomHeaders() {
            discover(request().put("headers", new JsonObject().put("X-Tenant", "acme")))
                    .statusCode(200);

            assertThat(server.seen).allMatch(one -> "acme".equals(one.headers().get("X-Tenant")));
        }

        @Test
        void reportsARefusedCredential() {
            server.on(
                    "initialize",
                    (request, _) -> request.response().setStatusCode(401).end("who are you"));

            var body = discover(request())
                    .statusCode(502)
                    .body("code", equalTo("mcp-server-unauthorized"))
                    .extract()
                    .asString();
            assertThat(body).doesNotContain("who are you");
        }
    }

    @Nested
    class Refuses {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://169.254.169.254/latest",
                    "https://169.254.169.254/",
                    "https://10.0.0.1/mcp",
                    "http://example.com/mcp",
                    "https://[::ffff:10.0.0.1]/"
                })
        void addressesThatMustNotBeCalled(String url) {
            discover(new JsonObject().put("server_url", url))
                    .statusCode(400)
                    .body("code", equalTo("server-url-not-allowed"));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{} | server_url",
                    "{'server_url':'http://x','auth_type':'bearer'} | bearer_token",
                    "{'server_url':'http://x','auth':{'auth_type':'oauth2'}} | auth_type",
                    "{'server_url':'http://x','auth':{'auth_type':'none'},'api_key':'k'} | auth",
                    "{'server_url':'http://x','protocol':'ws'} | protocol",
                    "{'server_url':'http://x','protocol':'gopher'} | protocol",
                    "{'server_url':'http://x','timeout':0} | timeout",
                    "{'server_url':'http://x','headers':{'Host':'x'}} | headers.Host",
                    "{'server_url':'http://x','surprise':1} | surprise"
                })
        void settingsThatAreNotValid(String request, String field) {
            discover(new JsonObject(request.replace('\'', '"')))
                    .statusCode(400)
                    .body("code", equalTo("validation-failed"))
                    .body("violations.field", hasItem(field));
        }

        /** The registry is held to the same verdicts: what it lets through it lets this service judge. */
        @TestFactory
        Stream<DynamicTest> whatNobodyCanHaveMeant() throws Exception {
            var cases = new JsonArray(Files.readString(Path.of("src/test/resources/server-data.json")));
            return cases.stream()
                    .map(JsonObject.class::cast)
                    .map(one -> DynamicTest.dynamicTest(one.encode(), () -> judgesAs(one)));
        }

        private static void judgesAs(JsonObject expected) {
            var answer = discover(expected.getJsonObject("data")).statusCode(400);
            var refused = expected.getString("refused");
            if (refused == null) {
                // Sound data; but such an address is never called.
                answer.body("code", equalTo("server-url-not-allowed"));
            } else {
                answer.body("code", equalTo("validation-failed")).body("violations.field", hasItem(refused));
            }
        }

        @Test
        void aMissingBody() {
            given().auth()
                    .oauth2(Tokens.user(ALICE))
                    .contentType("application/json")
                    .post("/api/connections/mcp/discover")
                    .then()
                    .statusCode(400);
        }

        @Test
        void everyoneButUsers() {
            var body = request().encode();
            for (var token : List.of(Tokens.admin(), Tokens.worker(), Tokens.service("connection-registry"))) {
                var call = given().auth()
                        .oauth2(token)
                        .contentType("application/json")
                        .body(body);
                if (!token.equals(Tokens.admin())) {
                    call.header("X-On-Behalf-Of", ALICE);
                }
                assertThat(call.post("/api/connections/mcp/discover").statusCode())
                        .isEqualTo(403);
            }
            given().contentType("application/json")
                    .body(body)
                    .post("/api/connections/mcp/discover")
                    .then()
                    .statusCode(401);
            assertThat(server.seen).isEmpty();
        }

        @Test
        void unknownPaths() {
            given().auth()
                    .oauth2(Tokens.user(ALICE))
                    .get("/api/connections/mcp/nothing")
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json");
        }
    }
}
