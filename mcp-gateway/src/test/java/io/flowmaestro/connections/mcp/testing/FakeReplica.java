package io.flowmaestro.connections.mcp.testing;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PfxOptions;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Another replica, as far as this one can tell: what is passed on to it goes to the service under test, which must take it
 * for its own then.
 */
public final class FakeReplica implements AutoCloseable {

    /** One request that was passed on. */
    public record Passed(String method, String path, String authorization, String body) {}

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = vertx.createHttpClient();
    private final URI service;
    public final List<Passed> passed = new CopyOnWriteArrayList<>();
    public volatile boolean ends;
    private final AtomicInteger arrived = new AtomicInteger();
    private final String scheme;
    private final int port;

    public FakeReplica(URI service) {
        this(service, "http", new HttpServerOptions());
    }

    /** One that speaks TLS. */
    public FakeReplica(URI service, PfxOptions certificate) {
        this(service, "https", new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate));
    }

    private FakeReplica(URI service, String scheme, HttpServerOptions options) {
        this.service = service;
        this.scheme = scheme;
        port = vertx.createHttpServer(options)
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    public String url() {
        return url("127.0.0.1");
    }

    public String url(String host) {
        return scheme + "://" + host + ":" + port;
    }

    /** Requests whose head has come, and with it their tokens. */
    public int arrived() {
        return arrived.get();
    }

    private void handle(HttpServerRequest request) {
        arrived.incrementAndGet();
        request.bodyHandler(body -> {
            passed.add(new Passed(
                    request.method().name(), request.path(), request.getHeader("Authorization"), body.toString()));
            if (ends) {
                request.response().setStatusCode(503).end();
                return;
            }
            var options = new RequestOptions()
                    .setHost(service.getHost())
                    .setPort(service.getPort())
                    .setURI(request.uri())
                    .setMethod(request.method())
                    .setHeaders(request.headers().remove("Host").remove("Content-Length"));
            http.request(options).onSuccess(there -> {
                request.response().closeHandler(_ -> there.reset());
                there.send(body).onSuccess(answer -> {
                    request.response().setStatusCode(answer.statusCode());
                    answer.headers().forEach((name, value) -> request.response().putHeader(name, value));
                    answer.pipeTo(request.response());
                });
            });
        });
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
