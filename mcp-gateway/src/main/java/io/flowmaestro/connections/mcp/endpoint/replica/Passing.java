package io.flowmaestro.connections.mcp.endpoint.replica;

import io.flowmaestro.connections.mcp.endpoint.exchange.Exchange;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One request on its way to another replica, and its answer on the way back. */
final class Passing {

    private static final int UNAVAILABLE = 503;
    static final String MARK = "X-Connections-Forwarded";
    private static final Set<String> TO_REPLICA = Set.of(
            "authorization", "x-on-behalf-of", "accept", "content-type", "last-event-id", "traceparent", "tracestate");
    private static final String OF_PROTOCOL = "mcp-";
    private static final List<String> TO_CLIENT = List.of(
            "Content-Type", "Cache-Control", "X-Accel-Buffering", "Mcp-Session-Id", "WWW-Authenticate", "Retry-After");

    private final ReplicaClient replicas;
    private final Exchange exchange;
    private final String home;
    private final HttpMethod method;
    private final AtomicReference<@Nullable HttpClientRequest> wire = new AtomicReference<>();

    Passing(ReplicaClient replicas, Exchange exchange, String home, HttpMethod method) {
        this.replicas = replicas;
        this.exchange = exchange;
        this.home = home;
        this.method = method;
    }

    sealed interface Outcome {
        /** The client has the answer. */
        record Answered() implements Outcome {}

        /** The replica is not there, or ends: it has not looked at the request. */
        record NotTaken() implements Outcome {}

        /** Whoever is there has no certificate of a replica, and was sent nothing. */
        record NotVerified(String reason) implements Outcome {}

        /** The connection broke after the request was sent, and before there was an answer. */
        record Lost() implements Outcome {}

        default String name() {
            return switch (this) {
                case Answered _ -> "answered";
                case NotTaken _ -> "not_taken";
                case NotVerified _ -> "not_verified";
                case Lost _ -> "lost";
            };
        }
    }

    Uni<Outcome> send(byte[] body) {
        return Uni.createFrom().emitter(emitter -> {
            emitter.onTermination(this::abandon);
            replicas.connect(home, options(), path())
                    .onSuccess(request -> send(request, body, emitter))
                    .onFailure(failure -> emitter.complete(unconnected(failure)));
        });
    }

    private static Outcome unconnected(Throwable failure) {
        return failure instanceof SSLException
                ? new Outcome.NotVerified(String.valueOf(first(failure).getMessage()))
                : new Outcome.NotTaken();
    }

    /** What says why; the others say that it failed. */
    private static Throwable first(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(10)
                .reduce(failure, (_, cause) -> cause);
    }

    private String path() {
        return "/mcp" + exchange.connection().map(id -> "/" + id).orElse("");
    }

    private RequestOptions options() {
        var options = new RequestOptions().setMethod(method).putHeader(MARK, "1");
        for (var header : exchange.headers()) {
            var name = header.getKey().toLowerCase(Locale.ROOT);
            if (TO_REPLICA.contains(name) || name.startsWith(OF_PROTOCOL)) {
                options.addHeader(header.getKey(), header.getValue());
            }
        }
        return options;
    }

    private void send(HttpClientRequest request, byte[] body, UniEmitter<? super Outcome> emitter) {
        wire.set(request);
        request.send(Buffer.buffer(body))
                .onSuccess(response -> answered(response, emitter))
                .onFailure(_ -> emitter.complete(new Outcome.Lost()));
    }

    /** A replica that ends refuses what comes, before it is looked at, with nothing but the status. */
    private void answered(HttpClientResponse response, UniEmitter<? super Outcome> emitter) {
        if (response.statusCode() == UNAVAILABLE && response.getHeader("Content-Type") == null) {
            emitter.complete(new Outcome.NotTaken());
            return;
        }
        exchange.channel()
                .relay(response, TO_CLIENT)
                // One that came whole is back in the pool, where it must not be touched any more.
                .onSuccess(_ -> wire.set(null))
                .onComplete(_ -> emitter.complete(new Outcome.Answered()));
    }

    /** Whoever hangs up ends the request. */
    private void abandon() {
        var request = wire.getAndSet(null);
        if (request != null) {
            request.reset();
        }
    }
}
