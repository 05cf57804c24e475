package io.flowmaestro.connections.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.catalog.OAuth2Method;
import io.flowmaestro.connections.catalog.TokenResponse;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Token answers in the provider's shape. */
final class TokenAnswers {

    static final String ACCOUNT_ID = "account-1";
    static final String ACCOUNT_NAME = "Ann of Tenant";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Facts facts;
    private final Grants grants;
    private final Clock clock;
    private Set<Behaviour> behaviour = Set.of();

    TokenAnswers(Facts facts, Grants grants, Clock clock) {
        this.facts = facts;
        this.grants = grants;
        this.clock = clock;
    }

    void behave(Set<Behaviour> chosen) {
        behaviour = chosen;
    }

    /** @param renew whether a new refresh token is part of it */
    Reply granted(Grant grant, boolean renew) {
        OAuth2Method method = facts.method;
        TokenResponse shape = method.tokenResponse();
        ObjectNode answer = NODES.objectNode();
        if (shape.okPath() != null) {
            JsonAt.put(answer, shape.okPath(), NODES.booleanNode(true));
        }
        JsonAt.put(answer, place(shape.accessToken(), "access_token"), grants.accessToken(grant));
        boolean refreshable = grants.hasRefreshTokens() && !behaviour.contains(Behaviour.NO_REFRESH_TOKEN);
        if (refreshable && renew) {
            JsonAt.put(answer, place(shape.refreshToken(), "refresh_token"), grants.refreshToken(grant));
        }
        expiry(answer);
        if (!behaviour.contains(Behaviour.NESTED_TOKENS)) {
            answer.put("token_type", "bearer");
        }
        scope(answer, grant);
        JsonAt.put(answer, shape.accountId(), ACCOUNT_ID);
        JsonAt.put(answer, shape.accountName(), ACCOUNT_NAME);
        JsonAt.put(answer, shape.botId(), "bot-1");
        JsonAt.put(answer, shape.apiBase(), Facts.apiBase());
        JsonAt.put(answer, shape.apiHost(), Facts.apiHost());
        JsonAt.put(answer, shape.rtTtl(), NODES.numberNode(8_726_400));
        return Reply.json(200, answer);
    }

    private void expiry(ObjectNode answer) {
        Long ttl = facts.method.refresh().accessTtlS();
        TokenResponse shape = facts.method.tokenResponse();
        if (ttl == null || behaviour.contains(Behaviour.NO_EXPIRY)) {
            return;
        }
        var end = clock.instant().plusSeconds(ttl);
        if (shape.expiresAtEpoch() != null) {
            JsonAt.put(answer, shape.expiresAtEpoch(), NODES.numberNode(end.getEpochSecond()));
        } else if (shape.expiresAtIso() != null) {
            JsonAt.put(answer, shape.expiresAtIso(), end.toString());
        } else {
            JsonAt.put(answer, place(shape.expiresIn(), "expires_in"), NODES.numberNode(ttl));
        }
    }

    private void scope(ObjectNode answer, Grant grant) {
        TokenResponse shape = facts.method.tokenResponse();
        if (facts.method.noScope() || grant.scopes.isEmpty()) {
            return;
        }
        if (shape.scopeIsArray()) {
            grant.scopes.forEach(answer.putArray("scope")::add);
        } else {
            String separator = shape.scopeSeparator() == null ? facts.method.scopeSeparator() : shape.scopeSeparator();
            answer.put("scope", String.join(separator, grant.scopes));
        }
    }

    private String place(List<String> paths, String standard) {
        if (paths.isEmpty()) {
            return standard;
        }
        return behaviour.contains(Behaviour.NESTED_TOKENS) ? paths.getLast() : paths.getFirst();
    }

    Reply deadGrant() {
        List<String> own = facts.method.tokenResponse().grantErrors();
        return refused(own.isEmpty() ? "invalid_grant" : own.getFirst());
    }

    /** With HTTP 200 where the facts say so; a code in digits is what an error object holds. */
    Reply refused(String error) {
        TokenResponse shape = facts.method.tokenResponse();
        ObjectNode answer = NODES.objectNode();
        JsonNode code = error.matches("\\d+") ? NODES.numberNode(Integer.parseInt(error)) : NODES.textNode(error);
        if (code.isNumber()) {
            answer.putObject("error")
                    .put("message", "no")
                    .put("type", "OAuthException")
                    .set("code", code);
        } else {
            answer.set("error", code);
        }
        if (shape.okPath() != null) {
            JsonAt.put(answer, shape.okPath(), NODES.booleanNode(false));
        }
        return Reply.json(shape.okPath() != null || shape.errorIn200() ? 200 : 400, answer);
    }
}
