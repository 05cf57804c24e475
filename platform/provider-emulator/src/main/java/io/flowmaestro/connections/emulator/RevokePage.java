package io.flowmaestro.connections.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flowmaestro.connections.catalog.Revoke;
import io.flowmaestro.connections.catalog.RevokeAuth;
import io.flowmaestro.connections.catalog.TokenAuth;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where tokens are taken back. */
final class RevokePage {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Facts facts;
    private final Grants grants;
    private final ClientAssertions assertions;
    private final Complaints complaints;

    RevokePage(Facts facts, Grants grants, ClientAssertions assertions, Complaints complaints) {
        this.assertions = assertions;
        this.facts = facts;
        this.grants = grants;
        this.complaints = complaints;
    }

    /** @param pathTokens tokens that the URL holds, by the name in the template */
    Reply open(Exchange exchange, Map<String, String> pathTokens) {
        Revoke revoke = Objects.requireNonNull(facts.method.revoke());
        int before = complaints.all().size();
        complaints.same("revoke method", revoke.method(), exchange.method());
        revoke.headers()
                .forEach((name, template) ->
                        complaints.same("revoke " + name, facts.fill(template), exchange.header(name)));
        Map<String, String> tokens = new HashMap<>(pathTokens);
        authorized(revoke, exchange, tokens);
        body(revoke, exchange, tokens);
        Optional<Grant> grant = tokens.values().stream()
                .flatMap(token -> grants.ofAnyToken(token).stream())
                .findFirst();
        if (complaints.all().size() > before) {
            return Reply.json(400, "{\"error\":\"invalid_request\"}");
        }
        grant.ifPresent(Grant::revoke);
        boolean flag = facts.method.tokenResponse().okPath() != null;
        if (grant.isEmpty()) {
            return unknown(revoke, flag);
        }
        return flag
                ? Reply.json(200, "{\"ok\":true,\"revoked\":true}")
                : revoke.method().equals("DELETE") ? Reply.empty(204) : Reply.empty(200);
    }

    /** RFC 7009, 2.2 answers 200 all the same; who finds the token in its address or in its header cannot. */
    private static Reply unknown(Revoke revoke, boolean flag) {
        if (flag) {
            return Reply.json(200, "{\"ok\":false,\"error\":\"token_revoked\"}");
        }
        if (revoke.auth() == RevokeAuth.BEARER || revoke.auth() == RevokeAuth.HEADER) {
            return Reply.json(401, "{\"message\":\"bad credentials\"}");
        }
        return revoke.method().equals("DELETE") ? Reply.json(404, "{\"message\":\"not found\"}") : Reply.empty(200);
    }

    private void authorized(Revoke revoke, Exchange exchange, Map<String, String> tokens) {
        String header = exchange.header("Authorization");
        switch (auth(revoke)) {
            case BASIC ->
                complaints.same(
                        "revoke Basic", facts.client.id() + ":" + facts.client.secret(), exchange.basicClient());
            case BASIC_SECRET_KEY ->
                complaints.same("revoke Basic", facts.client.secret() + ":", exchange.basicClient());
            case BEARER -> {
                complaints.unless(header != null && header.startsWith("Bearer "), "revoke: no bearer token");
                tokens.put("bearer", header == null ? "" : header.replaceFirst("Bearer ", ""));
            }
            case HEADER ->
                ApiAuth.token(exchange, facts)
                        .ifPresentOrElse(
                                token -> tokens.put("header", token), () -> complaints.add("revoke: no token header"));
            case null, default ->
                complaints.unless(
                        header == null || revoke.headers().containsKey("Authorization"),
                        "revoke: an Authorization header that nobody wants");
        }
    }

    /** Where nothing is said, the client proves itself as at the token endpoint. */
    private @Nullable RevokeAuth auth(Revoke revoke) {
        if (revoke.auth() != null || !revoke.standard()) {
            return revoke.auth();
        }
        return facts.method.tokenAuth() == TokenAuth.BASIC ? RevokeAuth.BASIC : RevokeAuth.BODY;
    }

    private void body(Revoke revoke, Exchange exchange, Map<String, String> tokens) {
        Map<String, String> expected = new LinkedHashMap<>(revoke.json());
        boolean json = !expected.isEmpty();
        boolean standard = revoke.standard();
        if (revoke.body() != null && !revoke.body().equals("none")) {
            for (String pair : revoke.body().split("&", -1)) {
                expected.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
            }
        } else if (standard) {
            expected.put("token", "{refresh_or_access}");
        }
        if (expected.isEmpty()) {
            complaints.unless(exchange.body().isEmpty(), "revoke: a body that nobody wants");
            return;
        }
        Map<String, String> sent = json ? json(exchange) : Forms.parse(exchange.body(), complaints);
        if (standard) {
            String hint = sent.remove("token_type_hint");
            String kind = sent.getOrDefault("token", "").startsWith("rt/") ? "refresh_token" : "access_token";
            complaints.unless(hint == null || hint.equals(kind), "revoke: the hint says " + hint);
        }
        if (auth(revoke) == RevokeAuth.BODY && facts.method.tokenAuth() == TokenAuth.PRIVATE_KEY_JWT) {
            assertions.prove(sent);
        } else if (auth(revoke) == RevokeAuth.BODY) {
            complaints.same("revoke client_id", facts.client.id(), sent.remove("client_id"));
            // A public client names itself and has nothing to prove it by (RFC 7009, 2.1).
            String secret = facts.method.tokenAuth() == TokenAuth.NONE ? null : facts.client.secret();
            complaints.same("revoke client_secret", secret, sent.remove("client_secret"));
        }
        expected.forEach((name, template) -> {
            String value = sent.remove(name);
            if (template.matches("\\{(access_token|refresh_token|refresh_or_access)}")) {
                tokens.put(template, value == null ? "" : value);
                complaints.unless(value != null, "revoke: no " + name);
            } else if (template.equals("{" + facts.method.tokenResponse().accountId() + "}")) {
                complaints.same("revoke " + name, TokenAnswers.ACCOUNT_ID, value);
                grants.newest().ifPresent(token -> tokens.put(template, token));
            } else {
                complaints.same("revoke " + name, facts.fill(template), value);
            }
        });
        complaints.unless(sent.isEmpty(), "revoke: unknown parameters " + sent.keySet());
    }

    private Map<String, String> json(Exchange exchange) {
        Map<String, String> members = new LinkedHashMap<>();
        complaints.same("revoke Content-Type", "application/json", exchange.header("Content-Type"));
        try {
            JSON.readTree(exchange.body())
                    .properties()
                    .forEach(member ->
                            members.put(member.getKey(), member.getValue().asText()));
        } catch (JsonProcessingException notJson) {
            complaints.add("revoke: the body is not JSON");
        }
        return members;
    }
}
