package io.flowmaestro.connections.mcp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.core.Call;
import io.flowmaestro.connections.mcp.core.Listener;
import io.flowmaestro.connections.mcp.core.Reply;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StatelessScripts;
import io.flowmaestro.connections.mcp.upstream.McpServer;
import io.flowmaestro.connections.mcp.upstream.ServerForm;
import io.flowmaestro.connections.mcp.upstream.ServerForms;
import io.flowmaestro.connections.testing.PeersResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Callers who speak MCP themselves, as the gateway's own endpoint will. */
@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class ListenerTest {

    @Inject
    McpClient client;

    @Inject
    ServerForms forms;

    private final FakeMcpServer server = new FakeMcpServer();
    private final SessionKey key = new SessionKey(UUID.randomUUID(), UUID.randomUUID(), 1);
    private final Caller caller = new Caller();

    @AfterEach
    void stop() {
        server.close();
    }

    /** Accepts whatever it is asked to fill in, and knows nothing else. */
    private static final class Caller implements Listener {
        final List<String> heard = new CopyOnWriteArrayList<>();

        @Override
        public ObjectNode capabilities() {
            return json("{\"elicitation\":{}}");
        }

        @Override
        public void notified(String method, ObjectNode params) {
            heard.add(method + params);
        }

        @Override
        public Uni<Reply> asked(String method, ObjectNode params) {
            heard.add(method + params);
            return Uni.createFrom()
                    .item(
                            method.equals("elicitation/create")
                                    ? new Reply.Answered(json("{\"action\":\"accept\",\"content\":{\"name\":\"x\"}}"))
                                    : Reply.refused());
        }
    }

    private static ObjectNode json(String json) {
        return (ObjectNode) McpJson.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private McpServer upstream() {
        return forms.read(new ServerForm(server.url(), null, null, null, null, null, null, null, null, 4000L));
    }

    private ObjectNode request(String method, String params) {
        return client.request(key, upstream(), new Call(method, json(params), caller))
                .await()
                .indefinitely();
    }

    @Nested
    class InASession {
        @Test
        void isHeardOfProgressUnderTheCallersToken() {
            server.on("tools/call", (request, message) -> {
                var token =
                        message.getJsonObject("params").getJsonObject("_meta").getValue("progressToken");
                var stream = server.stream(request);
                stream.write("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":"
                        + new JsonObject()
                                .put("progressToken", token)
                                .put("progress", 1)
                                .encode() + "}\n\n");
                stream.write("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{}}\n\n");
                stream.end("data: "
                        + FakeMcpServer.answer(message.getValue("id"), FakeMcpServer.text("done"))
                                .encode()
                        + "\n\n");
            });

            request("tools/call", "{\"name\":\"echo\",\"_meta\":{\"progressToken\":\"t\",\"own\":1}}");

            assertThat(caller.heard)
                    .containsExactly(
                            "notifications/progress{\"progressToken\":\"t\",\"progress\":1}",
                            "notifications/message{}");
            assertThat(server.last("tools/call")
                            .message()
                            .getJsonObject("params")
                            .getJsonObject("_meta")
                            .getValue("own"))
                    .isEqualTo(1);
        }

        @Test
        void answersWhatTheServerAsks() {
            server.on("tools/call", (request, message) -> {
                var stream = server.stream(request);
                stream.write("data: {\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\"elicitation/create\","
                        + "\"params\":{\"message\":\"Name?\"}}\n\n");
                server.vertx().setPeriodic(20, timer -> {
                    if (!server.replies().isEmpty()) {
                        server.vertx().cancelTimer(timer);
                        stream.end("data: "
                                + FakeMcpServer.answer(message.getValue("id"), FakeMcpServer.text("done"))
                                        .encode()
                                + "\n\n");
                    }
                });
            });

            request("tools/call", "{\"name\":\"echo\"}");

            assertThat(server.replies())
                    .containsExactly("{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"result\":"
                            + "{\"action\":\"accept\",\"content\":{\"name\":\"x\"}}}");
            assertThat(server.last("initialize")
                            .message()
                            .getJsonObject("params")
                            .getJsonObject("capabilities"))
                    .isEqualTo(new JsonObject().put("elicitation", new JsonObject()));
        }

        @Test
        void sharesNoSessionWithCallersWhoOfferOtherThings() {
            request("tools/call", "{\"name\":\"echo\"}");
            client.callTool(key, upstream(), "echo", McpJson.object()).await().indefinitely();
            request("tools/call", "{\"name\":\"echo\"}");

            assertThat(server.count("initialize")).isEqualTo(2);
        }

        @Test
        void getsTheServersErrorAsItIs() {
            server.on("prompts/get", (request, message) -> server.error(request, message, -32602));

            var error = catchThrowableOfType(ServerError.class, () -> request("prompts/get", "{\"name\":\"p\"}"));
            assertThat(error.error()).hasToString("{\"code\":-32602,\"message\":\"upstream words\"}");
        }
    }

    @Nested
    class WithoutOne {
        @Test
        void answersInTheNextRound() {
            StatelessScripts.on(server).on("prompts/get", (request, message) -> {
                var params = message.getJsonObject("params");
                if (params.containsKey("inputResponses")) {
                    server.result(
                            request, message, new JsonObject().put("got", params.getJsonObject("inputResponses")));
                } else {
                    server.result(request, message, StatelessScripts.asks("elicitation/create", "s-1"));
                }
            });

            assertThat(request("prompts/get", "{\"name\":\"p\"}"))
                    .hasToString("{\"got\":{\"q\":{\"action\":\"accept\",\"content\":{\"name\":\"x\"}}}}");

            var last = server.last("prompts/get");
            assertThat(last.message().getJsonObject("params").getString("requestState"))
                    .isEqualTo("s-1");
            assertThat(last.headers().get("Mcp-Name")).isEqualTo("p");
            assertThat(last.message()
                            .getJsonObject("params")
                            .getJsonObject("_meta")
                            .getJsonObject("io.modelcontextprotocol/clientCapabilities"))
                    .isEqualTo(new JsonObject().put("elicitation", new JsonObject()));
        }
    }

    @Test
    void isNoLongerAskedOnceTheServerHasAnswered() {
        var cancelled = new java.util.concurrent.atomic.AtomicBoolean();
        var slow = new Listener() {
            @Override
            public Uni<Reply> asked(String method, ObjectNode params) {
                return Uni.createFrom().<Reply>nothing().onCancellation().invoke(() -> cancelled.set(true));
            }
        };
        server.on(
                "tools/call",
                (request, message) -> server.stream(request)
                        .end("data: {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"roots/list\"}\n\ndata: "
                                + FakeMcpServer.answer(message.getValue("id"), FakeMcpServer.text("done"))
                                        .encode()
                                + "\n\n"));

        var call = new Call("tools/call", json("{\"name\":\"echo\"}"), slow);
        assertThat(client.request(key, upstream(), call).await().indefinitely().toString())
                .contains("done");
        await().untilTrue(cancelled);
    }
}
