package io.flowmaestro.connections.local.frontdoor;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The one address of the suite: a reverse proxy on loopback that routes as a deployment's API gateway does. */
public final class FrontDoor {
    /** As oauth-broker takes them: providers put codes of some kilobytes into the callback's URL. */
    private static final int MAX_INITIAL_LINE = 16 * 1024;

    private static final int MAX_HEADERS = 16 * 1024;
    /** Streams hold their connection, so a service has to be given many. */
    private static final int CONNECTIONS_PER_SERVICE = 1024;

    private final Routes routes;
    private final Duration patience;
    private final HttpClient client;
    private final HttpServer server;

    /** A service may take {@code patience} to begin its answer. */
    public FrontDoor(Vertx vertx, Routes routes, Duration patience) {
        this.routes = routes;
        this.patience = patience;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setDecompressionSupported(false),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_SERVICE));
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost("127.0.0.1")
                        .setHttp2ClearTextEnabled(false)
                        .setMaxInitialLineLength(MAX_INITIAL_LINE)
                        .setMaxHeaderSize(MAX_HEADERS))
                .requestHandler(this::handle)
                .invalidRequestHandler(FrontDoor::refuseUnreadable);
    }

    /** Answers the port it listens on. */
    public CompletionStage<Integer> listen(int port) {
        return server.listen(port).map(HttpServer::actualPort).toCompletionStage();
    }

    private void handle(HttpServerRequest request) {
        Optional<RequestPath> path = Optional.ofNullable(request.path()).flatMap(RequestPath::of);
        if (path.isEmpty()) {
            answer(request, FrontDoorProblem.BAD_REQUEST);
            return;
        }
        switch (routes.route(path.get())) {
            case Route.To to -> forward(request, to.upstream(), path.get());
            case Route.Nowhere nowhere -> answer(request, FrontDoorProblem.NOT_FOUND);
        }
    }

    private void forward(HttpServerRequest request, Upstream upstream, RequestPath path) {
        String query = request.query() == null ? "" : "?" + request.query();
        Forwarding forwarding = new Forwarding(upstream, path.value() + query, patience);
        HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
                .origin(forwarding::connect)
                .addInterceptor(forwarding)
                .handle(request);
    }

    private static void refuseUnreadable(HttpServerRequest request) {
        String cause = String.valueOf(request.decoderResult().cause());
        if (cause.contains("TooLongHttpLine")) {
            answer(request, FrontDoorProblem.URI_TOO_LONG);
        } else if (cause.contains("TooLongHttpHeader")) {
            answer(request, FrontDoorProblem.HEADERS_TOO_LARGE);
        } else {
            answer(request, FrontDoorProblem.BAD_REQUEST);
        }
    }

    private static void answer(HttpServerRequest request, FrontDoorProblem problem) {
        String instance = request.path() == null ? "/" : request.path();
        HttpServerResponse response = request.response();
        response.setStatusCode(problem.status())
                .putHeader("Content-Type", FrontDoorProblem.MEDIA_TYPE)
                .end(problem.body(instance, "service", Optional.ofNullable(request.getHeader("traceparent"))));
    }
}
