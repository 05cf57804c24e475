package io.flowmaestro.connections.egress;

import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * An HTTP client of Vert.x for each event loop, with places that all of them share. A request is on one loop with its
 * connection: that a connection broke is told on its own loop at once (4.5), and would overtake an answer that waits for
 * the loop of the request, which then came for a request that had failed.
 */
final class Pool {

    private final Map<EventExecutor, HttpClient> clients = new HashMap<>();
    private final Places places;

    /** @param options its pool size and its queue are for all loops together */
    Pool(Vertx vertx, HttpClientOptions options) {
        this.places = new Places(options.getMaxPoolSize(), options.getMaxWaitQueueSize());
        // A place is left a moment before the connection is back: the next one waits for it here.
        var each = new HttpClientOptions(options).setMaxWaitQueueSize(options.getMaxPoolSize());
        for (var loop : ((VertxInternal) vertx).getEventLoopGroup()) {
            clients.put(loop, client(vertx, each));
        }
    }

    /**
     * A client whose connections take turns.
     *
     * <p>Netty reads up to 16 buffers of 64 KiB from one connection before the next one's turn, and whoever pours out small events
     * makes the others on the loop wait for a million bytes of them. One at a time is as fast for an answer of any usual size.
     */
    static HttpClient client(Vertx vertx, HttpClientOptions options) {
        return vertx.httpClientBuilder()
                .with(options)
                .with(options.getPoolOptions())
                .withConnectHandler(Pool::takeTurns)
                .build();
    }

    private static void takeTurns(HttpConnection opened) {
        if (opened instanceof ConnectionBase connection
                && connection.channel().config().getRecvByteBufAllocator()
                        instanceof MaxMessagesRecvByteBufAllocator buffers) {
            buffers.maxMessagesPerRead(1);
        }
    }

    HttpClient on(ContextInternal loop) {
        return Objects.requireNonNull(clients.get(loop.nettyEventLoop()));
    }

    Places.Place placeAt(VettedTarget target, EgressRequest request) {
        return places.at(target, request.owner());
    }

    void close() {
        clients.values().forEach(HttpClient::close);
    }
}
