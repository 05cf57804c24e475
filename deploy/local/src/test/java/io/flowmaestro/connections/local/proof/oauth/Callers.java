package io.flowmaestro.connections.local.proof.oauth;

import io.flowmaestro.connections.local.HttpAnswers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Workers that ask for credentials, many at once. */
final class Callers implements AutoCloseable {
    private static final int CONNECTIONS = 2_048;
    /** Longer than any broker lets a caller wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(75);

    private final HttpClient http;
    private final Supplier<String> token;

    Callers(Vertx vertx, Supplier<String> workersToken) {
        this.token = workersToken;
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(10_000).setKeepAliveTimeout(20),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS).setHttp2MaxSize(1));
    }

    /** Never fails. */
    Future<Given> ask(Broker broker, Held connection) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost("127.0.0.1")
                .setPort(broker.port())
                .setURI("/api/credentials/" + connection.id())
                .putHeader("Authorization", "Bearer " + token.get())
                .putHeader("X-On-Behalf-Of", connection.user().toString())
                .setTimeout(PATIENCE.toMillis());
        return HttpAnswers.to(
                        http,
                        options,
                        Buffer.buffer(),
                        response -> response.body()
                                .map(body -> new Given(
                                        response.statusCode(),
                                        body.toString(),
                                        response.getHeader("Retry-After") != null)))
                .otherwise(Given.NOTHING);
    }

    /** So many at once. */
    List<Future<Given>> ask(Broker broker, Held connection, int callers) {
        return Stream.generate(() -> ask(broker, connection)).limit(callers).toList();
    }

    static Given await(Future<Given> answer) throws Exception {
        return answer.toCompletionStage().toCompletableFuture().get();
    }

    static List<Given> await(List<Future<Given>> answers) throws Exception {
        Future.join(answers).toCompletionStage().toCompletableFuture().get();
        return answers.stream().map(Future::result).toList();
    }

    @Override
    public void close() {
        http.close();
    }
}
