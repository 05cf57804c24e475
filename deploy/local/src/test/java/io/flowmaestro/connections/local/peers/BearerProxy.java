package io.flowmaestro.connections.local.peers;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.net.URI;

/**
 * Stands on loopback before one MCP endpoint and adds the bearer token, which the conformance suite has no option for.
 * Its own name is the endpoint's to whoever calls it, in Host and Origin; any other name goes through as it is.
 */
final class BearerProxy implements AutoCloseable, ProxyInterceptor {
    private final URI endpoint;
    private final String token;
    private final HttpClient client;
    private final HttpServer server;

    BearerProxy(Vertx vertx, URI endpoint, String token) {
        this.endpoint = endpoint;
        this.token = token;
        client = vertx.createHttpClient(
                new HttpClientOptions().setDecompressionSupported(false), new PoolOptions().setHttp1MaxSize(256));
        var proxy = HttpProxy.reverseProxy(client)
                .origin(endpoint.getPort(), "127.0.0.1")
                .addInterceptor(this);
        server = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
                .requestHandler(proxy)
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** What the suite is told to call. */
    String url() {
        return "http://" + authority() + "/mcp";
    }

    private String authority() {
        return "localhost:" + server.actualPort();
    }

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        ProxyRequest request = context.request();
        request.setURI(endpoint.getPath());
        request.headers().set("Authorization", "Bearer " + token);
        if (("http://" + authority()).equals(request.headers().get("Origin"))) {
            request.headers().set("Origin", "http://" + endpoint.getAuthority());
        }
        if (request.getAuthority() != null
                && authority().equals(request.getAuthority().toString())) {
            request.setAuthority(HostAndPort.create(endpoint.getHost(), endpoint.getPort()));
        }
        return context.sendRequest();
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }
}
