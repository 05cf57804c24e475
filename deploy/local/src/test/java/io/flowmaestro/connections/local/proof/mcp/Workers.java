package io.flowmaestro.connections.local.proof.mcp;

import io.flowmaestro.connections.local.HttpAnswers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;

/** Workers that call tools, many at once. */
final class Workers implements AutoCloseable {
    private static final int CONNECTIONS = 512;
    /** Longer than any call may take. */
    private static final long PATIENCE_MILLIS = 30_000;

    private final HttpClient http;
    private final int gateway;
    private final Supplier<String> token;

    Workers(Vertx vertx, int gateway, Supplier<String> token) {
        this.gateway = gateway;
        this.token = token;
        this.http = vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    }

    /** Never fails. */
    Future<Answer> call(Connected connection, String tool, JsonObject parameters) {
        long began = System.nanoTime();
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost("127.0.0.1")
                .setPort(gateway)
                .setURI("/api/mcp/" + connection.id() + "/tools/" + tool)
                .putHeader("Authorization", "Bearer " + token.get())
                .putHeader("X-On-Behalf-Of", connection.user().toString())
                .putHeader("Content-Type", "application/json")
                .setTimeout(PATIENCE_MILLIS);
        var body = new JsonObject().put("parameters", parameters).toBuffer();
        return HttpAnswers.to(
                        http,
                        options,
                        body,
                        response -> response.body().map(text -> Answer.of(response.statusCode(), text, began)))
                .otherwise(failure -> Answer.none(failure, began));
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get();
    }

    /**
     * What a caller was answered.
     *
     * @param status 0 when nothing came
     * @param code the problem's, or what went wrong; empty for a success
     */
    record Answer(int status, String code, String body, double millis) {
        static Answer of(int status, Buffer body, long began) {
            var code = status < 400 ? "" : new JsonObject(body).getString("code", "no code");
            return new Answer(status, code, body.toString(), since(began));
        }

        static Answer none(Throwable failure, long began) {
            return new Answer(0, failure.toString(), "", since(began));
        }

        /** Of a problem; empty for what is none. */
        String traceId() {
            return status < 400 ? "" : new JsonObject(body).getString("trace_id", "");
        }

        private static double since(long began) {
            return (System.nanoTime() - began) / 1e6;
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
