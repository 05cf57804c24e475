package io.flowmaestro.connections.local.proof.oauth;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Stands between a broker and a peer that speaks HTTP. It can hold requests, hold answers, and act as if nobody were there. */
final class Relay implements AutoCloseable {
    /** Of requests: the peer has not seen them. */
    final HoldPoint requests = new HoldPoint();

    /** Of answers: the peer has done what it was asked. */
    final HoldPoint answers = new HoldPoint();

    private final HttpServer server;
    private final HttpClient client;
    private final int peer;
    private volatile Predicate<Passing> heldRequests = Passing.NOTHING;
    private volatile Predicate<Passing> heldAnswers = Passing.NOTHING;
    private volatile Predicate<Passing> lost = Passing.NOTHING;
    private volatile Consumer<Passing> beforeAnswer = _ -> {};

    private record Answered(int status, MultiMap headers, Buffer body) {}

    private Relay(Vertx vertx, int peer) {
        this.peer = peer;
        server = vertx.createHttpServer(
                new HttpServerOptions().setHost("127.0.0.1").setPort(0).setAcceptBacklog(1024));
        client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAliveTimeout(20), new PoolOptions().setHttp1MaxSize(256));
    }

    static Relay to(Vertx vertx, int peer) throws Exception {
        var relay = new Relay(vertx, peer);
        relay.server
                .requestHandler(relay::handle)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        return relay;
    }

    int port() {
        return server.actualPort();
    }

    void holdRequests(Predicate<Passing> which) {
        requests.hold();
        heldRequests = which;
    }

    void holdAnswers(Predicate<Passing> which) {
        answers.hold();
        heldAnswers = which;
    }

    /** From now on such requests do not arrive: their connection is closed. */
    void lose(Predicate<Passing> which) {
        lost = which;
    }

    /** Is told of each answer before it is passed on. */
    void beforeAnswer(Consumer<Passing> what) {
        beforeAnswer = what;
    }

    /** What is held is lost, and from now on everything passes. */
    void clear() {
        heldRequests = Passing.NOTHING;
        heldAnswers = Passing.NOTHING;
        lost = Passing.NOTHING;
        beforeAnswer = _ -> {};
        requests.drop();
        answers.drop();
    }

    private void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> pass(request, body));
    }

    private void pass(HttpServerRequest request, Buffer body) {
        var passing = new Passing(request.method().name(), request.path(), body.toString());
        if (lost.test(passing)) {
            request.connection().close();
            return;
        }
        hold(heldRequests, passing, requests)
                .compose(_ -> forward(request, body))
                .compose(answered -> hold(heldAnswers, passing, answers).map(answered))
                .onSuccess(answered -> {
                    beforeAnswer.accept(passing);
                    answer(request, answered);
                })
                .onFailure(_ -> request.connection().close());
    }

    private static Future<Void> hold(Predicate<Passing> which, Passing passing, HoldPoint where) {
        return which.test(passing) ? where.pass(passing.connection()) : Future.succeededFuture();
    }

    private Future<Answered> forward(HttpServerRequest request, Buffer body) {
        var options = new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(peer)
                .setMethod(request.method())
                .setURI(request.uri())
                .setHeaders(MultiMap.caseInsensitiveMultiMap()
                        .addAll(request.headers())
                        .remove("Transfer-Encoding")
                        .remove("Host"));
        return client.request(options)
                .compose(out -> out.send(body))
                .compose(in -> in.body().map(content -> new Answered(in.statusCode(), in.headers(), content)));
    }

    private static void answer(HttpServerRequest request, Answered answered) {
        var response = request.response().setStatusCode(answered.status());
        response.headers()
                .addAll(answered.headers())
                .remove("Transfer-Encoding")
                .remove("Content-Length");
        if (answered.status() == 304 || answered.status() == 204) {
            response.end();
        } else {
            response.end(answered.body());
        }
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }
}
