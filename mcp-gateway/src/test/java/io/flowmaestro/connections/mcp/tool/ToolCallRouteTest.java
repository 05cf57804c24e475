package io.flowmaestro.connections.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.testing.PeersResource;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever calls a second time with the same token is answered as the first time, whichever way the call takes. */
@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class ToolCallRouteTest {

    private static final String ID = "X-Test-Id";
    private static final String GIVEN = "{\"parameters\":{\"text\":\"hello\"}}";

    private final UUID alice = UUID.randomUUID();
    private final FakeMcpServer server = new FakeMcpServer();
    private final HttpClient client = HttpClient.newHttpClient();

    @TestHTTPResource
    URI address;

    @Inject
    PassedOn passedOn;

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    /** The requests that went on to Jakarta REST. */
    @Singleton
    static class PassedOn {
        private static final int BEHIND_THE_ROUTE = 249;
        private final Set<String> requests = ConcurrentHashMap.newKeySet();

        void register(@Observes Filters filters) {
            filters.register(this::note, BEHIND_THE_ROUTE);
        }

        private void note(RoutingContext context) {
            var id = context.request().getHeader(ID);
            if (id != null) {
                requests.add(id);
            }
            context.next();
        }
    }

    /**
     * One kind of request.
     *
     * @param direct whether it is answered by the route once its token is known
     */
    record Case(String name, int status, boolean direct, String path, Map<String, String> headers, String body) {
        static Case direct(String name, int status, String path, String body) {
            return new Case(name, status, true, path, Map.of(), body);
        }

        static Case passedOn(String name, int status, String path, String body) {
            return new Case(name, status, false, path, Map.of(), body);
        }

        Case with(String header, String value) {
            var more = new HashMap<>(headers);
            more.put(header, value);
            return new Case(name, status, direct, path, more, body);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                Case.direct("a call", 200, "/{id}/tools/echo", GIVEN),
                Case.direct("a call without parameters", 200, "/{id}/tools/echo", "{}"),
                Case.direct("a call with an id in capitals", 200, "/{ID}/tools/echo", GIVEN),
                Case.direct("a call that accepts anything", 200, "/{id}/tools/echo", GIVEN)
                        .with("Accept", "*/*"),
                Case.direct("a call that names a charset", 200, "/{id}/tools/echo", GIVEN)
                        .with("Content-Type", "application/json; charset=utf-8"),
                Case.direct(
                        "an answer with half a surrogate pair",
                        200,
                        "/{id}/tools/echo",
                        "{\"parameters\":{\"half\":1}}"),
                Case.direct("a tool that the server does not know", 404, "/{id}/tools/none", GIVEN),
                Case.direct("a tool that fails", 502, "/{id}/tools/add", GIVEN),
                Case.direct("somebody else's connection", 404, "/" + UUID.randomUUID() + "/tools/echo", GIVEN),
                Case.passedOn("a name with a slash", 404, "/{id}/tools/a/b", GIVEN),
                Case.passedOn("a name that is encoded", 200, "/{id}/tools/ech%6F", GIVEN),
                Case.passedOn("an id that is none", 404, "/0123456789-123456789-123456789-1234567/tools/echo", GIVEN),
                Case.passedOn("a body that is no JSON", 400, "/{id}/tools/echo", "{"),
                Case.passedOn("a body with an unknown member", 400, "/{id}/tools/echo", "{\"arguments\":{}}"),
                Case.passedOn(
                        "a body that says a thing twice",
                        400,
                        "/{id}/tools/echo",
                        "{\"parameters\":{\"a\":1,\"a\":2}}"),
                Case.passedOn(
                        "a number without measure", 400, "/{id}/tools/echo", "{\"parameters\":{\"n\":1e99999999999}}"),
                Case.passedOn("a body that is null", 200, "/{id}/tools/echo", "null"),
                Case.passedOn("no body", 200, "/{id}/tools/echo", ""),
                Case.passedOn("a call whose progress is wanted", 200, "/{id}/tools/echo", GIVEN)
                        .with("Accept", "text/event-stream"),
                Case.passedOn("a worker that names no user", 400, "/{id}/tools/echo", GIVEN)
                        .with("X-On-Behalf-Of", ""),
                Case.passedOn("a worker that names a user who is none", 400, "/{id}/tools/echo", GIVEN)
                        .with("X-On-Behalf-Of", "alice"),
                Case.passedOn("a role that may not call", 403, "/{id}/tools/echo", GIVEN)
                        .with("Authorization", "Bearer " + Tokens.admin())
                        .with("X-On-Behalf-Of", ""),
                Case.passedOn("a token for the endpoint alone", 401, "/{id}/tools/echo", GIVEN)
                        .with("Authorization", "Bearer " + Tokens.user(UUID.randomUUID(), "http://localhost:8080/mcp"))
                        .with("X-On-Behalf-Of", ""),
                Case.passedOn("a token that is none", 401, "/{id}/tools/echo", GIVEN)
                        .with("Authorization", "Bearer none"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysTheSame(Case one) throws Exception {
        server.on("tools/call", (request, message) -> {
            var params = message.getJsonObject("params");
            if (params.getString("name").equals("add")) {
                server.send(request.response(), answer(message, "\"error\":{\"code\":-32603,\"message\":\"x\"}"));
            } else if (params.getJsonObject("arguments").containsKey("half")) {
                server.send(
                        request.response(),
                        answer(message, "\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"\\ud800\"}]}"));
            } else {
                server.result(request, message, FakeMcpServer.text("called"));
            }
        });
        var connection = StoredMcp.of(alice, server).id.toString();
        var token = Tokens.worker();
        // Nobody has seen the token yet.
        var first = send(one, connection, token, "first-" + UUID.randomUUID());
        var id = "second-" + UUID.randomUUID();
        var second = send(one, connection, token, id);

        assertThat(first.statusCode()).isEqualTo(one.status());
        assertThat(second.statusCode()).isEqualTo(one.status());
        assertThat(said(second)).isEqualTo(said(first));
        assertThat(headers(second)).isEqualTo(headers(first));
        assertThat(passedOn.requests.contains(id)).isEqualTo(!one.direct());
    }

    private static String answer(JsonObject message, String outcome) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + message.getValue("id") + "," + outcome + "}";
    }

    private HttpResponse<String> send(Case one, String connection, String token, String id)
            throws IOException, InterruptedException {
        return client.send(request(one, connection, token, id), BodyHandlers.ofString());
    }

    private HttpRequest request(Case one, String connection, String token, String id) {
        var headers = new HashMap<>(Map.of(
                "Authorization",
                "Bearer " + token,
                "X-On-Behalf-Of",
                alice.toString(),
                "Content-Type",
                "application/json",
                ID,
                id));
        headers.putAll(one.headers());
        headers.values().removeIf(String::isEmpty);
        var request = HttpRequest.newBuilder(address.resolve(
                        "/api/mcp" + one.path().replace("{id}", connection).replace("{ID}", connection.toUpperCase())))
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofString(one.body()));
        headers.forEach(request::header);
        return request.build();
    }

    private static String said(HttpResponse<String> answer) {
        return answer.body().replaceFirst("\"trace_id\":\"[0-9a-f]{32}\"", "");
    }

    private static Map<String, List<String>> headers(HttpResponse<String> answer) {
        return answer.headers().map();
    }

    @Test
    void manyCallsAreAnsweredTogether() {
        var connection = StoredMcp.of(alice, server).id.toString();
        var token = Tokens.worker();
        var call = Case.direct("a call", 200, "/{id}/tools/echo", GIVEN);
        for (int round = 0; round < 10; round++) {
            var answers = new ArrayList<CompletableFuture<Integer>>();
            IntStream.range(0, 16)
                    .forEach(_ -> answers.add(CompletableFuture.supplyAsync(() -> status(call, connection, token))));
            assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(200));
        }
    }

    private int status(Case one, String connection, String token) {
        try {
            return send(one, connection, token, UUID.randomUUID().toString()).statusCode();
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void aCallerWhoHangsUpEndsTheCall() throws Exception {
        server.sessions();
        var connection = StoredMcp.of(alice, server).id;
        var token = Tokens.worker();
        assertThat(status(Case.direct("a call", 200, "/{id}/tools/echo", GIVEN), connection.toString(), token))
                .isEqualTo(200);
        server.on("tools/call", (_, _) -> {});
        var id = UUID.randomUUID().toString();

        try (var socket = new Socket("127.0.0.1", address.getPort())) {
            socket.getOutputStream()
                    .write(("POST /api/mcp/" + connection + "/tools/echo HTTP/1.1\r\nHost: localhost\r\n" + ID + ": "
                                    + id + "\r\nContent-Type: application/json\r\nAuthorization: Bearer " + token
                                    + "\r\nX-On-Behalf-Of: " + alice + "\r\nContent-Length: " + GIVEN.length()
                                    + "\r\n\r\n" + GIVEN)
                            .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> server.count("tools/call") == 2);
        }

        await().until(() -> server.count("notifications/cancelled") == 1);
        assertThat(passedOn.requests).doesNotContain(id);
    }

    @Test
    void whoMayCallIsWhoTheResourceLetsIn() {
        assertThat(ToolCallResource.class.getAnnotation(RolesAllowed.class).value())
                .containsExactlyInAnyOrderElementsOf(ToolCallRoute.ROLES);
    }

    /** As many at once as have to wait for one another. */
    @Test
    void aCallThatWaitedIsToldItsOwnTrace() {
        var connection = StoredMcp.of(alice, server).id.toString();
        var token = Tokens.worker();
        var call = Case.direct("a call", 200, "/{id}/tools/echo", GIVEN);
        assertThat(status(call, connection, token)).isEqualTo(200);
        server.on(
                "tools/call",
                (request, message) -> server.vertx()
                        .setTimer(
                                100,
                                _ -> server.send(
                                        request.response(),
                                        answer(message, "\"error\":{\"code\":-32603,\"message\":\"x\"}"))));

        var told = IntStream.range(0, 100)
                .mapToObj(_ -> UUID.randomUUID().toString().replace("-", ""))
                .collect(Collectors.toMap(
                        trace -> trace,
                        trace -> client.sendAsync(
                                request(
                                        call.with("traceparent", "00-" + trace + "-00000000000000aa-01"),
                                        connection,
                                        token,
                                        trace),
                                BodyHandlers.ofString())));

        assertThat(told).allSatisfy((trace, answer) -> {
            assertThat(answer.join().statusCode()).isEqualTo(502);
            assertThat(new JsonObject(answer.join().body()).getString("trace_id"))
                    .isEqualTo(trace);
        });
        assertThat(passedOn.requests).doesNotContainAnyElementsOf(told.keySet());
    }

    @Test
    void aCallCountsForItsOperation() {
        var connection = StoredMcp.of(alice, server).id.toString();
        var token = Tokens.worker();
        var call = Case.direct("a call", 200, "/{id}/tools/echo", GIVEN);
        status(call, connection, token);
        double before = counted();
        status(call, connection, token);

        await().untilAsserted(() -> assertThat(counted()).isEqualTo(before + 1));
    }

    private double counted() {
        return given().lines()
                .filter(line -> line.startsWith("http_server_requests_seconds_count{")
                        && line.contains("uri=\"/api/mcp/{connectionId}/tools/{tool}\"")
                        && line.contains("status=\"200\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private String given() {
        return io.restassured.RestAssured.given().get("/q/metrics").asString();
    }
}
