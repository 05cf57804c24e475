package io.flowmaestro.connections.local.proof.oauth;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** OAuth providers in this process, each on a port of its own, that rotate refresh tokens and watch for their reuse. */
public final class ScriptedProvider implements AutoCloseable {
    private final Vertx vertx;
    private final Map<String, HttpServer> servers = new ConcurrentHashMap<>();
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final Map<String, Family> families = new ConcurrentHashMap<>();
    private final AtomicLong serial = new AtomicLong();

    public ScriptedProvider(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Where the provider of that name is; from now on it is there. */
    public String url(String key) {
        return "http://127.0.0.1:"
                + servers.computeIfAbsent(key, this::listening).actualPort() + "/" + key;
    }

    /** Without lingering, a connection that is closed is reset. */
    private HttpServer listening(String key) {
        var options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(0)
                .setSoLinger(0)
                .setAcceptBacklog(1024);
        return vertx.createHttpServer(options)
                .requestHandler(this::handle)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    public Script script(String key) {
        return scripts.computeIfAbsent(key, _ -> new Script());
    }

    /** A new grant. */
    public Family family() {
        var id = "f" + serial.incrementAndGet();
        return families.computeIfAbsent(id, Family::new);
    }

    /** The grant that a refresh token is of. */
    Family familyOf(String refreshToken) {
        return Optional.ofNullable(families.get(Family.idIn(refreshToken))).orElseThrow();
    }

    /** A page that shows a text without escaping it, for a browser that has to notice. */
    String mirror(String text) {
        return url("mirror") + "?" + URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void handle(HttpServerRequest request) {
        if (request.path().equals("/mirror")) {
            request.response()
                    .putHeader("Content-Type", "text/html; charset=utf-8")
                    .end("<!doctype html><title>mirror</title><p>"
                            + URLDecoder.decode(String.valueOf(request.query()), StandardCharsets.UTF_8));
            return;
        }
        var path = request.path().split("/");
        if (request.method() != HttpMethod.POST || path.length != 3) {
            request.response().setStatusCode(404).end();
            return;
        }
        request.setExpectMultipart(true);
        switch (path[2]) {
            case "token" -> {
                var script = script(path[1]);
                script.requests.increment();
                request.body().onSuccess(_ -> token(request, script));
            }
            case "revoke" -> request.body().onSuccess(_ -> revoke(request));
            default -> request.response().setStatusCode(404).end();
        }
    }

    /** RFC 7009 at its strictest: whichever token it is, the whole grant is over. */
    private void revoke(HttpServerRequest request) {
        var token = String.valueOf(request.getFormAttribute("token"));
        Optional.ofNullable(families.get(Family.idIn(token))).ifPresent(family -> family.takeBack(token));
        request.response().setStatusCode(200).end();
    }

    private void token(HttpServerRequest request, Script script) {
        if (!"refresh_token".equals(request.getFormAttribute("grant_type"))) {
            exchange(request, script);
            return;
        }
        var token = String.valueOf(request.getFormAttribute("refresh_token"));
        var family = Optional.ofNullable(families.get(Family.idIn(token)));
        family.ifPresent(Family::asked);
        var fault = script.fault;
        var issued = fault == Fault.NONE || script.redeemsBeforeFault
                ? family.flatMap(known -> known.redeem(token, script.grace))
                : Optional.<Family.Pair>empty();
        after(script.delay)
                .compose(_ -> script.answers.pass(Family.idIn(token)))
                .onComplete(let -> {
                    if (let.failed()) {
                        request.connection().close();
                    } else if (fault == Fault.NONE) {
                        answer(request, issued, script.lifetime);
                    } else {
                        Misbehaviour.of(fault, vertx, script.stall).strike(request, issued);
                    }
                });
    }

    /** Any code is taken: what is proved is that none gets here that should not. */
    private void exchange(HttpServerRequest request, Script script) {
        script.exchanges.increment();
        answer(request, Optional.of(family().first()), script.lifetime);
    }

    private Future<Void> after(Duration delay) {
        return delay.isZero()
                ? Future.succeededFuture()
                : vertx.timer(delay.toMillis(), TimeUnit.MILLISECONDS).mapEmpty();
    }

    private static void answer(HttpServerRequest request, Optional<Family.Pair> issued, Duration lifetime) {
        var body = issued.map(pair -> json(pair, lifetime))
                .orElseGet(() -> new JsonObject().put("error", "invalid_grant"));
        request.response()
                .setStatusCode(issued.isPresent() ? 200 : 400)
                .putHeader("Content-Type", "application/json")
                .end(body.encode());
    }

    static JsonObject json(Family.Pair pair, Duration lifetime) {
        return new JsonObject()
                .put("access_token", pair.accessToken())
                .put("refresh_token", pair.refreshToken())
                .put("token_type", "Bearer")
                .put("expires_in", lifetime.toSeconds());
    }

    @Override
    public void close() {
        servers.values().forEach(HttpServer::close);
    }
}
