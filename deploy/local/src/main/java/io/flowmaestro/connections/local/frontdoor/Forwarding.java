package io.flowmaestro.connections.local.frontdoor;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** Sends one request on to its service, under its normalised path, and answers for a service that does not. */
final class Forwarding implements ProxyInterceptor {
    private final Upstream upstream;
    private final String uri;
    private final Duration patience;

    Forwarding(Upstream upstream, String uri, Duration patience) {
        this.upstream = upstream;
        this.uri = uri;
        this.patience = patience;
    }

    /** The patience is for the head of the answer: what streams after it may take as long as it likes. */
    Future<HttpClientRequest> connect(ProxyContext context) {
        RequestOptions options = new RequestOptions()
                .setHost(upstream.host())
                .setPort(upstream.port())
                .setConnectTimeout(patience.toMillis())
                .setIdleTimeout(patience.toMillis());
        return context.client().request(options);
    }

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        ProxyRequest request = context.request().setURI(uri);
        tellWhereItCameFrom(request.headers(), request.proxiedRequest());
        return context.sendRequest().recover(failure -> Future.succeededFuture(answerFor(failure, request)));
    }

    /** Whatever a client claims here is replaced: a service may trust these headers when the front door is its only caller. */
    private static void tellWhereItCameFrom(MultiMap headers, HttpServerRequest request) {
        headers.remove("Forwarded");
        headers.set("X-Forwarded-For", request.remoteAddress().hostAddress());
        headers.set("X-Forwarded-Proto", "http");
        if (request.authority() != null) {
            headers.set("X-Forwarded-Host", request.authority().toString());
        }
    }

    private ProxyResponse answerFor(Throwable failure, ProxyRequest request) {
        FrontDoorProblem problem = problem(failure);
        Optional<String> traceparent = Optional.ofNullable(request.headers().get("traceparent"));
        ProxyResponse response = request.release().response();
        response.setStatusCode(problem.status());
        response.putHeader("Content-Type", FrontDoorProblem.MEDIA_TYPE);
        if (problem == FrontDoorProblem.UNAVAILABLE) {
            response.putHeader("Retry-After", "2");
        }
        return response.setBody(Body.body(
                Buffer.buffer(problem.body(instance(request.proxiedRequest()), upstream.name(), traceparent))));
    }

    private static String instance(HttpServerRequest request) {
        return Optional.ofNullable(request.path()).orElse("/");
    }

    private static FrontDoorProblem problem(Throwable failure) {
        return switch (failure) {
            case ConnectException refused -> FrontDoorProblem.UNAVAILABLE;
            case TimeoutException late -> FrontDoorProblem.TIMEOUT;
            case Throwable broken -> FrontDoorProblem.BAD_GATEWAY;
        };
    }
}
