package io.flowmaestro.connections.egress;

import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Sends requests to vetted addresses only. Failures are {@link EgressRefused} or {@link EgressFailure}, nothing else. It is made at
 * start: Vert.x closes a client that a request makes together with the HTTP server, and with it calls that are waited for at
 * shutdown.
 */
@Startup
@Singleton
public class EgressClient {

    /** Connections that stand for a long time, for each one of the pool's. */
    private static final int STANDING_FOR_EACH = 8;

    private final EgressGuard guard;
    private final Vertx vertx;
    private final Pool http;
    private final Pool standing;
    private final HttpClient sockets;
    /** Of WebSockets that are being opened: one that is open has a connection that no pool counts. */
    private final Places openings;

    @Inject
    EgressClient(EgressGuard guard, Vertx vertx, EgressSettings settings) {
        this(guard, vertx, options(settings));
    }

    EgressClient(EgressGuard guard, Vertx vertx, HttpClientOptions options) {
        this.guard = guard;
        this.vertx = vertx;
        this.http = new Pool(vertx, options);
        var beside = new HttpClientOptions(options)
                .setDecompressionSupported(false)
                .setMaxPoolSize(options.getMaxPoolSize() * STANDING_FOR_EACH)
                .setMaxWaitQueueSize(0);
        this.standing = new Pool(vertx, new HttpClientOptions(beside).setKeepAlive(false));
        // Without keep-alive Vert.x would say Connection: close instead of Upgrade.
        this.sockets = Pool.client(vertx, beside);
        this.openings = new Places(beside.getMaxPoolSize(), 0);
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

    /**
     * The answer as soon as its headers are there. Cancelling before that drops the connection, so that the upstream
     * learns that nobody waits. Time, idle and size limits go on holding for the body.
     */
    public Uni<EgressStream> stream(EgressRequest request) {
        return Uni.createFrom().deferred(() -> {
            long started = System.nanoTime();
            return vetted(request, request.url()).chain(target -> open(http, request, target, started));
        });
    }

    /**
     * The same for a stream that stands for a long time. It has a connection of its own, which takes none from the
     * requests to the same host.
     */
    public Uni<EgressStream> standingStream(EgressRequest request) {
        return Uni.createFrom().deferred(() -> {
            long started = System.nanoTime();
            return vetted(request, request.url()).chain(target -> open(standing, request, target, started));
        });
    }

    /**
     * A WebSocket (RFC 6455) to a {@code ws} or {@code wss} URL, which is vetted as its http counterpart.
     *
     * @param request its timeout is for opening, its idle timeout for the longest silence after that, its largest body
     *     for one message
     * @param protocol the sub-protocol, which the server must agree to
     * @return fails with {@link EgressUpgradeRefused}, too, when the host answers with a status of HTTP
     */
    public Uni<EgressSocket> socket(EgressRequest request, String protocol) {
        return Uni.createFrom().deferred(() -> {
            long started = System.nanoTime();
            return vetted(request, WebSocketUpgrade.httpUrl(request.url()))
                    .chain(target -> new Handover<>(
                            () -> new WebSocketUpgrade(
                                    vertx, openings.at(target, request.owner()), request, target, protocol),
                            upgrade -> upgrade.start(sockets, remaining(request, started))));
        });
    }

    private Uni<VettedTarget> vetted(EgressRequest request, String url) {
        return guard.vet(url).onFailure(EgressRefused.class).invoke(refused -> EgressLog.refused(request, refused));
    }

    /** The exchange is on the caller's event loop from its start to its end. */
    private Uni<EgressStream> open(Pool pool, EgressRequest request, VettedTarget target, long started) {
        var remaining = remaining(request, started);
        return new Handover<>(
                () -> new Exchange((ContextInternal) vertx.getOrCreateContext(), pool, request, target),
                exchange -> EgressLog.isOn()
                        ? exchange.start(remaining)
                                .onSuccess(answer -> EgressLog.answered(request, target, answer.status(), started))
                                .onFailure(failure -> EgressLog.failed(request, target, failure, started))
                        : exchange.start(remaining));
    }

    private static Duration remaining(EgressRequest request, long started) {
        return request.timeout().minus(Duration.ofNanos(System.nanoTime() - started));
    }

    @PreDestroy
    void close() {
        http.close();
        standing.close();
        sockets.close();
    }
}
