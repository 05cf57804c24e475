package io.flowmaestro.connections.egress;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** Sends requests to vetted addresses only. Failures are {@link EgressRefused} or {@link EgressFailure}, nothing else. */
@ApplicationScoped
public class EgressClient {

    private final EgressGuard guard;
    private final Vertx vertx;
    private final HttpClient http;

    @Inject
    EgressClient(EgressGuard guard, Vertx vertx, EgressSettings settings) {
        this(guard, vertx, options(settings));
    }

    EgressClient(EgressGuard guard, Vertx vertx, HttpClientOptions options) {
        this.guard = guard;
        this.vertx = vertx;
        this.http = vertx.createHttpClient(options);
    }

    static HttpClientOptions options(EgressSettings settings) {
        return new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setVerifyHost(true)
                .setKeepAlive(true)
                .setKeepAliveTimeout((int) settings.keepAlive().toSeconds())
                .setMaxPoolSize(settings.connectionsPerHost())
                .setMaxWaitQueueSize(settings.waitingPerHost())
                .setConnectTimeout((int) settings.connectTimeout().toMillis())
                .setMaxHeaderSize(settings.maxHeaderBytes())
                .setDecompressionSupported(true)
                // Neither our trace ids nor the baggage are an upstream's business.
                .setTracingPolicy(TracingPolicy.IGNORE);
    }

    /** The whole answer, whatever its status. */
    public Uni<EgressResponse> send(EgressRequest request) {
        return stream(request).chain(EgressStream::collect);
    }

    /** The answer as soon as its headers are there; time, idle and size limits go on holding for the body. */
    public Uni<EgressStream> stream(EgressRequest request) {
        return Uni.createFrom().deferred(() -> {
            long started = System.nanoTime();
            return guard.vet(request.url()).chain(target -> open(request, target, started));
        });
    }

    private Uni<EgressStream> open(EgressRequest request, VettedTarget target, long started) {
        var remaining = request.timeout().minus(Duration.ofNanos(System.nanoTime() - started));
        return UniHelper.toUni(new Exchange(vertx, request, target).start(http, remaining));
    }

    @PreDestroy
    void close() {
        http.close();
    }
}
