package io.flowmaestro.connections.benchmarks.suite;

import io.flowmaestro.connections.testing.Tokens;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Gives each service a token in its own name, which its peers want to see; the issuer of tests gives all the same. */
public final class ServiceTokens implements AutoCloseable {

    private static final String BASIC = "Basic ";
    /** That of the tokens. */
    private static final int SECONDS = 600;

    private final HttpServer server;

    private ServiceTokens(HttpServer server) {
        this.server = server;
    }

    public static ServiceTokens start(Vertx vertx) {
        var server = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(ServiceTokens::answer);
        server.listen().toCompletionStage().toCompletableFuture().join();
        return new ServiceTokens(server);
    }

    /** The option of its virtual machine that leads a service here; an environment variable would mean another setting, too. */
    String option() {
        return "-Dquarkus.oidc-client.token-path=http://127.0.0.1:" + server.actualPort() + "/token";
    }

    private static void answer(HttpServerRequest request) {
        var header = String.valueOf(request.getHeader("Authorization"));
        if (!header.startsWith(BASIC)) {
            request.response().setStatusCode(401).end();
            return;
        }
        var client = new String(Base64.getDecoder().decode(header.substring(BASIC.length())), StandardCharsets.UTF_8)
                .split(":", 2)[0];
        request.response()
                .putHeader("Content-Type", "application/json")
                .end(new JsonObject()
                        .put("access_token", Tokens.service(client))
                        .put("token_type", "Bearer")
                        .put("expires_in", SECONDS)
                        .toBuffer());
    }

    @Override
    public void close() {
        server.close();
    }
}
