package io.flowmaestro.connections.local.operate;

import io.flowmaestro.connections.local.account.Account;
import io.flowmaestro.connections.local.proof.ServiceTokens;
import io.flowmaestro.connections.local.suite.Parts;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

/** The callers that the local identity provider knows, each with a token that is made anew now and then. */
public final class Tokens {
    private static final Duration USED_FOR = Duration.ofMinutes(2);

    private record Token(String text, long usedUntil) {}

    private final Parts parts;
    private final HttpClient http;
    private final ServiceTokens services;
    private final Map<Account, Token> users = new EnumMap<>(Account.class);

    public Tokens(Parts parts, HttpClient http) {
        this.parts = parts;
        this.http = http;
        this.services = new ServiceTokens(parts, http);
    }

    public Caller user(Account account) {
        return Caller.of(http, () -> text(account));
    }

    public Caller operator() {
        return Caller.of(http, () -> services.of("admin"));
    }

    /** The worker, or a service by its name. */
    public Caller client(String name) {
        return Caller.of(http, () -> services.of(name));
    }

    /** By the token's own word. */
    public UUID id(Account account) {
        var claims = Base64.getUrlDecoder().decode(text(account).split("\\.")[1]);
        return UUID.fromString(new JsonObject(new String(claims, StandardCharsets.UTF_8)).getString("sub"));
    }

    public synchronized String text(Account account) {
        var known = users.get(account);
        if (known == null || System.nanoTime() - known.usedUntil() > 0) {
            known = new Token(parts.token(account), System.nanoTime() + USED_FOR.toNanos());
            users.put(account, known);
        }
        return known.text();
    }

    public String text(String client) {
        return services.of(client);
    }
}
