package io.flowmaestro.connections.local.operate;

import io.flowmaestro.connections.local.proof.mcp.Upstream;
import io.flowmaestro.connections.local.proof.oauth.ScriptedProvider;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** What is not the suite's and outlives it: an OAuth provider that takes each refresh token once, and an MCP server. */
public record Outside(Vertx vertx, ScriptedProvider provider, Upstream server) implements AutoCloseable {
    public static final String PROVIDER = "rotating";

    /** @param call how long a tool call takes */
    public static Outside start(Duration call) {
        var vertx = Vertx.vertx();
        Upstream.Behaviour slow = (request, message) ->
                vertx.setTimer(call.toMillis(), _ -> Upstream.result(request, message, Upstream.text("done")));
        return new Outside(vertx, new ScriptedProvider(vertx), Upstream.that(vertx, Map.of("tools/call", slow)));
    }

    /** The provider as the catalogue of a suite knows it. */
    public void describe(Path providers) throws IOException {
        Files.writeString(providers.resolve(PROVIDER + ".yaml"), """
            key: %1$s
            name: Rotating
            category: developer
            methods:
              oauth2:
                authorize: %2$s/authorize
                token: %2$s/token
                revoke: {method: POST, url: "%2$s/revoke", auth: body}
                default_scopes: [read]
                pkce: required
                token_auth: body
                refresh:
                  rotates: true
            """.formatted(PROVIDER, provider.url(PROVIDER)));
    }

    /** What a broker knows of its client there. */
    public static Map<String, String> client() {
        return Map.of("ROTATING_CLIENT_ID", "client-of-rotating", "ROTATING_CLIENT_SECRET", "secret-of-rotating");
    }

    @Override
    public void close() {
        server.close();
        provider.close();
        vertx.close();
    }
}
