package io.flowmaestro.connections.local.proof;

import io.flowmaestro.connections.local.ClientTokens;
import io.flowmaestro.connections.local.suite.Parts;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Bearer tokens of the identity provider, each used for half of its hour. */
public final class ServiceTokens {
    static final String ADMIN = "admin";
    private static final Duration USED_FOR = Duration.ofMinutes(30);

    private record Token(String text, long usedUntil) {}

    private final Parts parts;
    private final ClientTokens clients;
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();

    public ServiceTokens(Parts parts, HttpClient http) {
        this.parts = parts;
        this.clients = new ClientTokens(parts.issuer(), parts.secrets(), http);
    }

    /** Of a service by its client credentials, or of {@link #ADMIN}. */
    public String of(String client) {
        return tokens.compute(
                        client,
                        (_, known) ->
                                known != null && System.nanoTime() - known.usedUntil() < 0 ? known : fresh(client))
                .text();
    }

    private Token fresh(String client) {
        var text = client.equals(ADMIN) ? parts.adminToken() : clients.of(client);
        return new Token(text, System.nanoTime() + USED_FOR.toNanos());
    }
}
