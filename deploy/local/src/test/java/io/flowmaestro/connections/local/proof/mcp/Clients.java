package io.flowmaestro.connections.local.proof.mcp;

import io.flowmaestro.connections.local.HttpAnswers;
import io.flowmaestro.connections.local.proof.mcp.ClientRequests.Sent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** MCP clients of the gateway's own endpoint. A stream that begins is answer enough, and is hung up on. */
final class Clients implements AutoCloseable {
    private static final int CONNECTIONS = 256;
    private static final long PATIENCE_MILLIS = 15_000;

    private final HttpClient http;
    private final int gateway;
    private final Supplier<String> token;

    Clients(Vertx vertx, int gateway, Supplier<String> token) {
        this.gateway = gateway;
        this.token = token;
        this.http = vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    }

    /**
     * What a client was answered.
     *
     * @param status 0 when nothing came
     * @param session the one that began
     */
    record Answer(int status, boolean stream, String body, String session, double millis) {
        String kind() {
            return status + (stream ? " stream" : "");
        }

        /** JSON-RPC's, which comes with status 200. */
        boolean isInternalError() {
            return body.contains("-32603");
        }
    }

    /** Begins a session; empty when that fails. */
    String session(Connected connection) {
        var initialize = new JsonObject()
                .put("jsonrpc", "2.0")
                .put("id", 1)
                .put("method", "initialize")
                .put(
                        "params",
                        new JsonObject().put("protocolVersion", "2025-11-25").put("capabilities", new JsonObject()));
        var headers = Map.of("Content-Type", "application/json", "Accept", "application/json, text/event-stream");
        return ask(connection, new Sent(HttpMethod.POST, "/mcp/" + connection.id(), headers, initialize.toBuffer()))
                .session();
    }

    /** Waits for the answer. Never fails. */
    Answer ask(Connected connection, Sent sent) {
        long began = System.nanoTime();
        var options = new RequestOptions()
                .setMethod(sent.method())
                .setHost("127.0.0.1")
                .setPort(gateway)
                .setURI(sent.path())
                .setTimeout(PATIENCE_MILLIS);
        sent.headers().forEach(options::putHeader);
        options.putHeader("Authorization", "Bearer " + token.get())
                .putHeader("X-On-Behalf-Of", connection.user().toString());
        // A kept connection may be closed just as it is used again. One that this very request closes is closed twice.
        return once(options, sent, began)
                .recover(failure -> failure instanceof HttpClosedException
                        ? once(options, sent, began)
                        : Future.failedFuture(failure))
                .otherwise(failure -> new Answer(0, false, failure.toString(), "", since(began)))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private Future<Answer> once(RequestOptions options, Sent sent, long began) {
        return HttpAnswers.to(http, options, sent.body(), response -> answer(response, began))
                // That of the options is over as soon as an answer begins.
                .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static Future<Answer> answer(HttpClientResponse response, long began) {
        var session = response.getHeader("Mcp-Session-Id") == null ? "" : response.getHeader("Mcp-Session-Id");
        var type = response.getHeader("Content-Type");
        if (type != null && type.startsWith("text/event-stream")) {
            response.request().reset();
            return Future.succeededFuture(new Answer(response.statusCode(), true, "", session, since(began)));
        }
        return response.body()
                .map(Buffer::toString)
                .map(body -> new Answer(response.statusCode(), false, body, session, since(began)));
    }

    private static double since(long began) {
        return (System.nanoTime() - began) / 1e6;
    }

    @Override
    public void close() {
        http.close();
    }
}
