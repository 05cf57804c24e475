package io.flowmaestro.connections.mcp.discovery;

import static io.flowmaestro.connections.mcp.testing.FakeMcpServer.tools;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.testing.PeersResource;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
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
                    .body("data.tools[0].inputSchema.required", equalTo(List.of("path")))
                    .body("data.tools[0].parameters[0].name", equalTo("path"))
                    .body("data.tools[0].parameters[0].type", equalTo("string"))
                    .body("data.tools[0].parameters[0].required", equalTo(true));
        }

        @Test
        void followsTheLifecycleAndClosesItsSession() {
            discover(request()).statusCode(200);

            assertThat(server.seen.stream().map(one -> one.method() + " " + one.rpc()))
                    .containsExactly("POST initialize", "POST notifications/initialized", "POST tools/list", "DELETE ");
            var first = server.seen.getFirst();
            assertThat(first.message().getJsonObject("params").getString("protocolVersion"))
                    .isEqualTo("2025-11-25");
            assertThat(first.headers().get("Accept")).isEqualTo("application/json, text/event-stream");
            assertThat(first.headers().contains("Mcp-Session-Id")).isFalse();
            assertThat(server.seen.subList(1, 4)).allSatisfy(later -> {
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
        @ValueSource(strings = {"2025-03-26", "2025-06-18", "2025-11-25"})
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

            assertThat(server.seen).hasSize(8).allSatisfy(one -> {
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
                    "http://169.254.169.254/latest", "https://169.254.169.254/", "https://10.0.0.1/mcp",
                    "http://example.com/mcp", "https://user:pw@example.com/", "file:///etc/passwd",
                    "https://[::ffff:10.0.0.1]/", "https://0x7f.1:99999/", "not a url"
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
                    .get("/mcp")
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json");
        }
    }

    @Nested
    class HostileServers {
        private ValidatableResponse discoverQuickly() {
            return discover(request().put("timeout", 1500));
        }

        @Test
        void answeringAnotherIdBreakTheProtocol() {
            server.on(
                    "tools/list",
                    (request, _) -> server.send(
                            request.response(),
                            FakeMcpServer.answer(999, tools("stolen")).encode()));

            discoverQuickly().statusCode(502).body("code", equalTo("mcp-protocol-error"));
        }

        @Test
        void thatNeverAnswerTimeOut() {
            server.on("initialize", (_, _) -> {});

            discover(request().put("timeout", 300))
                    .statusCode(504)
                    .body("code", equalTo("mcp-server-timeout"))
                    .body("detail", not(equalTo("")));
        }

        @Test
        void thatStreamCommentsForeverAreCutOff() {
            server.on("initialize", (request, _) -> {
                var stream = server.stream(request);
                server.vertx().setPeriodic(5, timer -> {
                    if (stream.closed()) {
                        server.vertx().cancelTimer(timer);
                    } else {
                        stream.write(": still here\n\n");
                    }
                });
            });

            discover(request().put("timeout", 600)).statusCode(504);
        }

        @Test
        void thatStreamWithoutEndAreCutOff() {
            server.on("initialize", (request, _) -> {
                var stream = server.stream(request);
                stream.write("data: ");
                server.vertx().setPeriodic(1, timer -> {
                    if (stream.closed()) {
                        server.vertx().cancelTimer(timer);
                    } else if (!stream.writeQueueFull()) {
                        stream.write(Buffer.buffer(new byte[60_000]));
                    }
                });
            });

            discover(request().put("timeout", 20_000)).statusCode(502).body("code", equalTo("mcp-protocol-error"));
        }

        @Test
        void thatAnswerTooMuchAreCutOff() {
            server.on(
                    "initialize",
                    (request, _) -> request.response()
                            .putHeader("Content-Type", "application/json")
                            .end(Buffer.buffer(new byte[5_000_000])));

            discoverQuickly().statusCode(502).body("code", equalTo("mcp-protocol-error"));
        }

        @Test
        void thatPageInCirclesAreCutOff() {
            server.on(
                    "tools/list",
                    (request, message) ->
                            server.result(request, message, tools("again").put("nextCursor", "same")));

            discoverQuickly().statusCode(502).body("code", equalTo("mcp-protocol-error"));
            assertThat(server.count("tools/list")).isEqualTo(2);
        }

        @Test
        void thatPageWithoutEndAreCutOff() {
            server.on("tools/list", (request, message) -> {
                long page = server.count("tools/list");
                server.result(request, message, tools("t" + page).put("nextCursor", "c" + page));
            });

            discover(request()).statusCode(502).body("code", equalTo("mcp-protocol-error"));
            assertThat(server.count("tools/list")).isEqualTo(64);
        }

        @Test
        void thatRedirectToTheMetadataAddressAreNotFollowed() {
            server.on(
                    "initialize",
                    (request, _) -> request.response()
                            .setStatusCode(307)
                            .putHeader("Location", "http://169.254.169.254/latest/meta-data/")
                            .end());

            discoverQuickly().statusCode(502).body("code", equalTo("mcp-protocol-error"));
            assertThat(server.seen).hasSize(1);
        }

        @Test
        void thatRedirectToAnotherServerAreNotFollowed() {
            try (var other = new FakeMcpServer()) {
                server.on(
                        "initialize",
                        (request, _) -> request.response()
                                .setStatusCode(308)
                                .putHeader("Location", other.url())
                                .end());

                discoverQuickly().statusCode(502);
                assertThat(other.seen).isEmpty();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"1999-01-01", "2024-11-05", "2026-07-28", ""})
        void ofARevisionThatIsNotSupportedAreNamedSo(String version) {
            server.version = version;

            discoverQuickly().statusCode(502).body("code", equalTo("mcp-protocol-error"));
        }

        @ParameterizedTest
        @CsvSource({
            "404, mcp-protocol-error",
            "405, mcp-protocol-error",
            "400, mcp-protocol-error",
            "403, mcp-server-unauthorized",
            "418, mcp-protocol-error",
            "429, mcp-server-unreachable",
            "500, mcp-server-unreachable",
            "503, mcp-server-unreachable",
            "204, mcp-protocol-error",
            "200, mcp-protocol-error"
        })
        void thatAnswerWithABareStatusAreNamedByIt(int status, String code) {
            server.on(
                    "initialize",
                    (request, _) -> request.response().setStatusCode(status).end());

            discoverQuickly().statusCode(502).body("code", equalTo(code));
        }

        @Test
        void thatDropTheConnectionAreUnreachable() {
            server.on("initialize", (request, _) -> request.connection().close());

            discoverQuickly().statusCode(502).body("code", equalTo("mcp-server-unreachable"));
        }

        @Test
        void thatAreNotThereAreUnreachable() {
            server.close();

            discoverQuickly().statusCode(502).body("code", equalTo("mcp-server-unreachable"));
        }

        @Test
        void withAnImpossibleSessionIdBreakTheProtocol() {
            server.on("initialize", (request, message) -> {
                request.response().putHeader("Mcp-Session-Id", "a b");
                server.result(request, message, new JsonObject().put("protocolVersion", "2025-11-25"));
            });

            discoverQuickly().statusCode(502).body("code", equalTo("mcp-protocol-error"));
        }

        @Test
        void areNotQuoted() {
            server.on("tools/list", (request, message) -> server.error(request, message, -32000));

            var body = discoverQuickly()
                    .statusCode(502)
                    .body("code", equalTo("mcp-server-error"))
                    .extract()
                    .asString();
            assertThat(body).contains("-32000").doesNotContain("upstream words");
        }
    }

    @Nested
    class Internal {
        private ValidatableResponse post(String token, UUID user, String path, JsonObject body) {
            return given().auth()
                    .oauth2(token)
                    .header("X-On-Behalf-Of", user)
                    .contentType("application/json")
                    .body(body.encode())
                    .post(path)
                    .then();
        }

        @Test
        void givesServicesTheSameForAServerThatIsNotStored() {
            post(Tokens.service("connection-registry"), ALICE, "/internal/mcp/discover", request())
                    .statusCode(200)
                    .body("data.tools", hasSize(2));
        }

        @Test
        void loadsAStoredConnectionItself() {
            var stored = StoredMcp.of(
                    ALICE,
                    request()
                            .put("auth_type", "bearer")
                            .put("bearer_token", "kept-secret")
                            .put("unknown", 1));

            post(
                            Tokens.service("connection-registry"),
                            ALICE,
                            "/internal/mcp/connections/" + stored.id + "/discover",
                            new JsonObject())
                    .statusCode(200)
                    .body("data.tools[1].name", equalTo("add"))
                    .body("data.tools[1].parameters", hasSize(1));
            assertThat(server.seen)
                    .isNotEmpty()
                    .allMatch(one -> "Bearer kept-secret".equals(one.headers().get("Authorization")));
        }

        private ValidatableResponse test(StoredMcp stored) {
            return post(
                    Tokens.service("connection-registry"),
                    ALICE,
                    "/internal/mcp/connections/" + stored.id + "/discover",
                    new JsonObject());
        }

        @ParameterizedTest
        @ValueSource(strings = {"invalid", "expired"})
        void testsAConnectionThatHasStoppedWorking(String status) {
            var stored = StoredMcp.of(ALICE, server).with("status", status).with("test_due", true);

            test(stored)
                    .statusCode(200)
                    .body("data.server_info.name", equalTo("fake"))
                    .body("data.server_info.version", equalTo("1.2.3"))
                    .body("data.server_info.protocol_version", equalTo("2025-11-25"));
            assertThat(stored.testsAskedFor()).isZero();
        }

        @Test
        void doesNotTestARevokedConnection() {
            test(StoredMcp.of(ALICE, server).with("status", "revoked"))
                    .statusCode(409)
                    .body("code", equalTo("connection-not-active"));
            assertThat(server.seen).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "401, 502, mcp-server-unauthorized",
            "403, 502, mcp-server-unauthorized",
            "404, 502, mcp-protocol-error",
            "429, 502, mcp-server-unreachable",
            "500, 502, mcp-server-unreachable"
        })
        void tellsARefusedCredentialFromEverythingElse(int answered, int status, String code) {
            server.on(
                    "initialize",
                    (request, _) -> request.response().setStatusCode(answered).end());

            test(StoredMcp.of(ALICE, server)).statusCode(status).body("code", equalTo(code));
            post(Tokens.service("connection-registry"), ALICE, "/internal/mcp/discover", request())
                    .statusCode(status)
                    .body("code", equalTo(code));
        }

        @Test
        void noticesACredentialThatIsRefusedInAnOpenSession() {
            var stored = StoredMcp.of(ALICE, server);
            test(stored).statusCode(200);
            server.on(
                    "tools/list",
                    (request, _) -> request.response().setStatusCode(401).end());

            test(stored).statusCode(502).body("code", equalTo("mcp-server-unauthorized"));
        }

        @Test
        void takesAnErrorOnTheWayForTheServers() {
            server.on("initialize", (request, message) -> server.error(request, message, -32602));

            test(StoredMcp.of(ALICE, server)).statusCode(502).body("code", equalTo("mcp-server-error"));
        }

        @Test
        void isClosedToOtherServices() {
            var stored = StoredMcp.of(ALICE, server);
            for (var path : List.of("/internal/mcp/discover", "/internal/mcp/connections/" + stored.id + "/discover")) {
                post(Tokens.service("oauth-broker"), ALICE, path, request())
                        .statusCode(403)
                        .body("code", equalTo("peer-not-allowed"));
            }
            assertThat(server.seen).isEmpty();
        }

        @Test
        void isClosedToEveryoneElse() {
            given().auth()
                    .oauth2(Tokens.user(ALICE))
                    .contentType("application/json")
                    .body(request().encode())
                    .post("/internal/mcp/discover")
                    .then()
                    .statusCode(403);
            post(Tokens.worker(), ALICE, "/internal/mcp/discover", request()).statusCode(403);
            given().auth()
                    .oauth2(Tokens.service("connection-registry"))
                    .contentType("application/json")
                    .body(request().encode())
                    .post("/internal/mcp/discover")
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("on-behalf-of-required"));
        }
    }
}
