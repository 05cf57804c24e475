package io.flowmaestro.connections.mcp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.mcp.testing.ToolCalls;
import io.flowmaestro.connections.testing.PeersResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that are cut, and calls that are given up, in the session eras. */
@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class SessionStreamTest {

    private static final UUID ALICE = UUID.randomUUID();

    private final FakeMcpServer server = new FakeMcpServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private UUID stored(long timeout) {
        return StoredMcp.of(
                        ALICE, new JsonObject().put("server_url", server.url()).put("timeout", timeout))
                .id;
    }

    private ValidatableResponse call(long timeout) {
        return ToolCalls.call(ALICE, stored(timeout), "echo", "{}");
    }

    private FakeMcpServer.Seen get() {
        return server.seen.stream()
                .filter(one -> one.method() == HttpMethod.GET)
                .toList()
                .getLast();
    }

    @Nested
    class CutStreams {
        private final AtomicReference<JsonObject> asked = new AtomicReference<>();
        private final AtomicLong cut = new AtomicLong();

        @BeforeEach
        void cutsEveryCall() {
            cutAfter("id: e-1\nretry: 300\ndata: \n\n");
        }

        private void cutAfter(String events) {
            server.on("tools/call", (request, message) -> {
                asked.set(message);
                cut.set(System.nanoTime());
                server.stream(request).end(events);
            });
        }

        private void answer(HttpServerRequest request) {
            server.stream(request)
                    .end("id: e-9\ndata: "
                            + FakeMcpServer.answer(asked.get().getValue("id"), FakeMcpServer.text("the rest"))
                                    .encode()
                            + "\n\n");
        }

        @Test
        void areAskedForTheRestAfterAsLongAsTheServerWants() {
            var resumed = new AtomicLong();
            server.on("GET", (request, _) -> {
                resumed.set(System.nanoTime());
                answer(request);
            });

            call(5000).statusCode(200).body("data.text", equalTo("the rest"));

            assertThat(resumed.get() - cut.get()).isGreaterThanOrEqualTo(280_000_000L);
            assertThat(get().headers().get("Last-Event-ID")).isEqualTo("e-1");
            assertThat(get().headers().get("Mcp-Session-Id")).isEqualTo("session-1");
            assertThat(get().headers().get("MCP-Protocol-Version")).isEqualTo("2025-11-25");
            assertThat(get().headers().get("Accept")).isEqualTo("text/event-stream");
            assertThat(server.count("tools/call")).isOne();
        }

        @Test
        void mayBeCutAgainAndAgain() {
            var gets = new AtomicLong();
            server.on("GET", (request, _) -> {
                if (gets.incrementAndGet() < 4) {
                    server.stream(request).end("id: g-" + gets.get() + "\nretry: 60\ndata: \n\n");
                } else {
                    answer(request);
                }
            });

            call(5000).statusCode(200).body("data.text", equalTo("the rest"));
            assertThat(get().headers().get("Last-Event-ID")).isEqualTo("g-3");
        }

        @Test
        void keepTheLastEventIdOverAStreamWithoutOne() {
            var gets = new AtomicLong();
            server.on("GET", (request, _) -> {
                if (gets.incrementAndGet() == 1) {
                    server.stream(request).end("retry: 60\n\n");
                } else {
                    answer(request);
                }
            });

            call(5000).statusCode(200);
            assertThat(get().headers().get("Last-Event-ID")).isEqualTo("e-1");
        }

        @Test
        void withAnIdThatNoHeaderCanCarryHaveNoRest() {
            cutAfter("id: e-\u0001\ndata: \n\n");

            call(5000).statusCode(502).body("code", equalTo("mcp-protocol-error"));
            assertThat(server.count("tools/call")).isOne();
        }

        @Test
        void thatNeverEndInAnAnswerTakeNoLongerThanTheTimeout() {
            server.on("GET", (request, _) -> server.stream(request).end("id: again\nretry: 0\n\n"));

            call(700).statusCode(504).body("code", equalTo("mcp-server-timeout"));
            assertThat(server.seen).hasSizeLessThan(40);
        }

        @Test
        void whoseServerWantsUsToWaitForDaysTakeNoLongerThanTheTimeout() {
            cutAfter("id: e-1\nretry: 999999999\ndata: \n\n");

            call(500).statusCode(504).body("code", equalTo("mcp-server-timeout"));
        }

        @Test
        void withoutAnEventIdAreNotAskedForTheRest() {
            cutAfter("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}\n\n");

            call(5000).statusCode(502).body("code", equalTo("mcp-protocol-error"));
            assertThat(server.seen).noneMatch(one -> one.method() == HttpMethod.GET);
        }

        @ParameterizedTest
        @ValueSource(ints = {400, 404, 405, 500})
        void whoseRestIsRefusedNeverHaveTheCallRepeated(int status) {
            server.on(
                    "GET",
                    (request, _) -> request.response().setStatusCode(status).end());

            call(5000).statusCode(502).body("code", equalTo("mcp-protocol-error"));
            assertThat(server.count("tools/call")).isOne();
            assertThat(server.count("initialize")).isOne();
        }
    }

    @Nested
    class Cancelling {
        @BeforeEach
        void neverAnswers() {
            server.on("tools/call", (_, _) -> {});
        }

        private void isTold() {
            await().untilAsserted(() ->
                    assertThat(server.count("notifications/cancelled")).isOne());
            var told = server.last("notifications/cancelled");
            assertThat(told.message().getJsonObject("params").getLong("requestId"))
                    .isEqualTo(server.last("tools/call").message().getLong("id"));
            assertThat(told.headers().get("Mcp-Session-Id")).isEqualTo("session-1");
        }

        @Test
        void isToldToTheServerWhenTheCallerHangsUp() throws Exception {
            ToolCalls.hangUp(ALICE, stored(5000), () -> server.count("tools/call") > 0);

            isTold();
        }

        @Test
        void isToldToTheServerWhenItTakesTooLong() {
            call(1500).statusCode(504);

            isTold();
        }
    }
}
