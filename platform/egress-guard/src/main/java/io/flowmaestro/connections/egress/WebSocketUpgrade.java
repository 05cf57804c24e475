package io.flowmaestro.connections.egress;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The opening handshake of a WebSocket (RFC 6455, 4.1) at a vetted address. By hand, because Vert.x resolves the name of a
 * WebSocket itself.
 */
final class WebSocketUpgrade implements Handover.Asked {

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    /** Whoever waits for the socket learns of it; without a handler Vert.x logs an error. */
    private static final Handler<Throwable> ALREADY_TOLD = _ -> {};

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Vertx vertx;
    private final Places.Place place;
    private final EgressRequest request;
    private final VettedTarget target;
    private final String protocol;
    private final String key;
    private final Promise<EgressSocket> answer = Promise.promise();
    private volatile @Nullable HttpClientRequest wire;

    /** @param place is held until it is decided */
    WebSocketUpgrade(Vertx vertx, Places.Place place, EgressRequest request, VettedTarget target, String protocol) {
        this.vertx = vertx;
        this.place = place;
        this.request = request;
        this.target = target;
        this.protocol = protocol;
        var nonce = new byte[16];
        RANDOM.nextBytes(nonce);
        this.key = Base64.getEncoder().encodeToString(nonce);
    }

    /** {@code http} for {@code ws}; anything else is left for the guard to refuse. */
    static String httpUrl(String url) {
        return url.regionMatches(true, 0, "ws", 0, 2) ? "http" + url.substring(2) : "";
    }

    Future<EgressSocket> start(HttpClient http, Duration remaining) {
        long timer = vertx.setTimer(Math.max(1, remaining.toMillis()), _ -> giveUp());
        answer.future().onComplete(_ -> vertx.cancelTimer(timer));
        switch (place.enter(() -> {})) {
            case TAKEN -> open(http);
            case OWNER_FULL -> answer.tryFail(EgressFailure.fullOfOwnCalls());
            case WAITING, FULL -> answer.tryFail(new EgressFailure(EgressFailure.Kind.UNREACHABLE, false, null));
        }
        return answer.future();
    }

    private void open(HttpClient http) {
        http.request(options())
                .compose(this::connect)
                .compose(this::upgraded)
                .onComplete(_ -> place.leave())
                .onSuccess(socket -> {
                    if (!answer.tryComplete(socket)) {
                        socket.close();
                    }
                })
                .onFailure(failure -> answer.tryFail(
                        failure instanceof EgressException || failure instanceof EgressUpgradeRefused
                                ? failure
                                : failure(FailureKinds.of(failure), failure)));
    }

    @Override
    public void abandon() {
        if (!giveUp() && answer.future().result() != null) {
            answer.future().result().closeUnread();
        }
    }

    /** Whether it was not over yet. */
    private boolean giveUp() {
        boolean first = answer.tryFail(failure(EgressFailure.Kind.TIMEOUT, null));
        if (first) {
            drop();
        }
        return first;
    }

    private Future<HttpClientResponse> connect(HttpClientRequest opened) {
        wire = opened;
        opened.exceptionHandler(ALREADY_TOLD);
        if (answer.future().isComplete()) {
            drop();
        }
        return opened.connect();
    }

    private void drop() {
        var opened = wire;
        if (opened != null) {
            opened.reset();
            place.leave();
        }
    }

    private RequestOptions options() {
        var options = new RequestOptions()
                .setServer(target.server())
                .setHost(target.host())
                .setPort(target.port())
                .setSsl(target.tls())
                .setMethod(HttpMethod.GET)
                .setURI(target.pathAndQuery())
                .setFollowRedirects(false)
                .putHeader("User-Agent", Exchange.USER_AGENT);
        request.headers().forEach((name, value) -> {
            if (!name.toLowerCase(Locale.ROOT).startsWith("sec-websocket-")) {
                options.putHeader(name, value);
            }
        });
        return options.putHeader("Connection", "Upgrade")
                .putHeader("Upgrade", "websocket")
                .putHeader("Sec-WebSocket-Version", "13")
                .putHeader("Sec-WebSocket-Key", key)
                .putHeader("Sec-WebSocket-Protocol", protocol);
    }

    private Future<EgressSocket> upgraded(HttpClientResponse response) {
        response.exceptionHandler(ALREADY_TOLD);
        if (response.statusCode() != 101) {
            response.request().reset();
            return Future.failedFuture(new EgressUpgradeRefused(response.statusCode()));
        }
        boolean agreed = "websocket".equalsIgnoreCase(response.getHeader("Upgrade"))
                && accept().equals(response.getHeader("Sec-WebSocket-Accept"))
                && protocol.equals(response.getHeader("Sec-WebSocket-Protocol"))
                && response.getHeader("Sec-WebSocket-Extensions") == null;
        if (!agreed) {
            response.netSocket().close();
            return Future.failedFuture(failure(EgressFailure.Kind.PROTOCOL, null));
        }
        return Future.succeededFuture(
                new EgressSocket(vertx, response.netSocket(), request.maxBody(), request.idleTimeout(), RANDOM));
    }

    private String accept() {
        try {
            var sha = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(sha);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }

    private static EgressFailure failure(EgressFailure.Kind kind, @Nullable Throwable cause) {
        return new EgressFailure(kind, true, cause);
    }
}
