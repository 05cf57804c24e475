package io.flowmaestro.connections.local.proof.oauth;

import io.netty.channel.socket.DuplexChannel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** A fault as it is seen on the wire. */
interface Misbehaviour {
    Duration LIFETIME = Duration.ofHours(1);

    /** @param issued what the answer would have held, where the token was redeemed before the fault */
    void strike(HttpServerRequest request, Optional<Family.Pair> issued);

    static Misbehaviour of(Fault fault, Vertx vertx, Duration stall) {
        return switch (fault) {
            case NONE -> throw new IllegalArgumentException("no fault");
            case RESET -> (request, _) -> request.connection().close();
            case HALF_CLOSE -> (request, _) -> shutOutput(request);
            case TRUNCATED -> (request, issued) -> json(request.response(), 200).end(cut(issued));
            case ERROR_IN_SUCCESS ->
                (request, _) -> json(request.response(), 200)
                        .end(new JsonObject()
                                .put("ok", false)
                                .put("error", "temporarily_unavailable")
                                .encode());
            case TOO_MANY ->
                (request, _) -> json(request.response(), 429)
                        .putHeader("Retry-After", Integer.toString(Fault.RETRY_AFTER_SECONDS))
                        .end(new JsonObject().put("error", "slow_down").encode());
            case SERVER_ERROR -> (request, _) -> page(request, 500, 503);
            case GATEWAY_ERROR -> (request, _) -> page(request, 502, 504);
            case STALL ->
                (request, _) -> vertx.setTimer(
                        stall.toMillis(), _ -> request.connection().close());
            case INVALID_CLIENT ->
                (request, _) -> json(request.response(), 401)
                        .end(new JsonObject().put("error", "invalid_client").encode());
        };
    }

    private static void page(HttpServerRequest request, int... statuses) {
        request.response()
                .setStatusCode(statuses[ThreadLocalRandom.current().nextInt(statuses.length)])
                .end("<html>maintenance</html>");
    }

    private static HttpServerResponse json(HttpServerResponse response, int status) {
        return response.setStatusCode(status).putHeader("Content-Type", "application/json");
    }

    private static String cut(Optional<Family.Pair> issued) {
        var whole = issued.map(pair -> ScriptedProvider.json(pair, LIFETIME).encode())
                .orElse("{\"access_token\":\"at.none.0.00\",\"refresh_token\":\"rt.none.0.00\"}");
        return whole.substring(0, whole.length() / 2);
    }

    private static void shutOutput(HttpServerRequest request) {
        var channel = ((ConnectionBase) request.connection()).channel();
        ((DuplexChannel) channel).shutdownOutput();
    }
}
