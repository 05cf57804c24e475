package io.flowmaestro.connections.mcp.endpoint.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChannelTest {

    /** More than what the kernel takes in for a client that does not read. */
    private static final int FAR_TOO_MANY = 400;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Runs something with the channel to a client that asks, and reads nothing. */
    private <T> T withoutAReader(Function<Channel, T> work) {
        var outcome = new CompletableFuture<T>();
        int port = vertx.createHttpServer()
                .requestHandler((HttpServerRequest request) ->
                        outcome.complete(work.apply(new Channel(request.response(), true, 262_144))))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        NetSocket client = vertx.createNetClient()
                .connect(port, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        client.pause();
        client.write("POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
        return outcome.join();
    }

    @Test
    void keepsNoQuestionsForAClientThatDoesNotRead() {
        var question = McpJson.object().put("method", "elicitation/create").put("message", "x".repeat(100_000));

        int said = withoutAReader(channel -> {
            int questions = 0;
            while (questions < FAR_TOO_MANY && channel.say(question)) {
                questions++;
            }
            return questions;
        });

        assertThat(said).isBetween(1, FAR_TOO_MANY - 1);
    }
}
