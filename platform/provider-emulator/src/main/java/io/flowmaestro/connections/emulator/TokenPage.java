package io.flowmaestro.connections.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flowmaestro.connections.catalog.OAuth2Method;
import io.flowmaestro.connections.catalog.TokenAuth;
import io.flowmaestro.connections.catalog.TokenBody;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where codes and refresh tokens are redeemed. */
final class TokenPage {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Facts facts;
    private final Grants grants;
    private final TokenAnswers answers;
    private final ClientAssertions assertions;
    private final Complaints complaints;

    TokenPage(Facts facts, Grants grants, TokenAnswers answers, ClientAssertions assertions, Complaints complaints) {
        this.assertions = assertions;
        this.facts = facts;
        this.grants = grants;
        this.answers = answers;
        this.complaints = complaints;
    }

    Reply exchange(Exchange exchange, Map<String, String> parameters) {
        Map<String, String> sent = new LinkedHashMap<>(parameters);
        int before = complaints.all().size();
        complaints.same("exchange grant_type", "authorization_code", sent.remove("grant_type"));
        String code = sent.remove("code");
        complaints.same("exchange redirect_uri", facts.client.redirectUri(), sent.remove("redirect_uri"));
        String verifier = sent.remove("code_verifier");
        complaints.exactly("exchange", facts.method.tokenParams(), sent);
        Optional<Grant> grant = code == null ? Optional.empty() : grants.redeem(code);
        if (grant.isEmpty()) {
            return answers.refused("invalid_grant");
        }
        String challenge = grant.get().challenge;
        complaints.unless(
                challenge == null || (verifier != null && challenge.equals(s256(verifier))),
                "exchange: the verifier does not fit the challenge");
        return complaints.all().size() > before
                ? answers.refused("invalid_request")
                : answers.granted(grant.get(), true);
    }

    /** A token of the client's own: no user, no code, no refresh token. */
    Reply ofTheClient(Map<String, String> parameters) {
        Map<String, String> sent = new LinkedHashMap<>(parameters);
        int before = complaints.all().size();
        complaints.same("client grant_type", "client_credentials", sent.remove("grant_type"));
        String asked = sent.remove("scope");
        complaints.unless(asked == null || !facts.method.noScope(), "client: there is no parameter scope");
        complaints.exactly("client", facts.method.tokenParams(), sent);
        List<String> scopes =
                asked == null ? List.of() : List.of(asked.split(Pattern.quote(facts.method.scopeSeparator()), -1));
        complaints.unless(
                scopes.containsAll(facts.method.defaultScopes()), "client: default scopes are missing from " + scopes);
        return complaints.all().size() > before
                ? answers.refused("invalid_request")
                : answers.granted(new Grant(scopes, List.of(), null), false);
    }

    Reply refresh(Map<String, String> parameters) {
        Map<String, String> sent = new LinkedHashMap<>(parameters);
        int before = complaints.all().size();
        complaints.same("refresh grant_type", "refresh_token", sent.remove("grant_type"));
        String token = sent.remove("refresh_token");
        complaints.unless(grants.hasRefreshTokens(), "refresh: this provider has no refresh tokens");
        Map<String, String> expected = new LinkedHashMap<>(facts.method.refreshParams());
        if (facts.method.refreshRepeats().contains("redirect_uri")) {
            expected.put("redirect_uri", facts.client.redirectUri());
        }
        boolean scope = facts.method.refreshRepeats().contains("scope");
        String repeated = scope ? sent.remove("scope") : null;
        complaints.exactly("refresh", expected, sent);
        if (complaints.all().size() > before) {
            return answers.refused("invalid_request");
        }
        Optional<Grant> grant = token == null ? Optional.empty() : grants.refresh(token);
        grant.ifPresent(found -> complaints.same(
                "refresh scope", scope ? String.join(facts.method.scopeSeparator(), found.scopes) : null, repeated));
        return grant.map(found -> answers.granted(found, grants.rotates(found))).orElseGet(answers::deadGrant);
    }

    /** The call that takes the place of a refresh. */
    Reply swap(Map<String, String> parameters, Map<String, String> templates) {
        Optional<Grant> grant = templates.entrySet().stream()
                .filter(template -> template.getValue().contains("{access_token}"))
                .findFirst()
                .flatMap(template -> grants.ofAccessToken(parameters.getOrDefault(template.getKey(), "")));
        templates.forEach((name, template) -> {
            if (!template.contains("{")) {
                complaints.same("swap " + name, template, parameters.get(name));
            }
        });
        complaints.unless(
                parameters.keySet().equals(templates.keySet()), "swap: parameters are " + parameters.keySet());
        return grant.map(found -> answers.granted(found, false)).orElseGet(answers::deadGrant);
    }

    /** The parameters without those by which the client proved itself; null if it did not. */
    @Nullable
    Map<String, String> authenticated(Exchange exchange, boolean inQuery) {
        OAuth2Method method = facts.method;
        complaints.same("token Accept", method.tokenAccept(), exchange.header("Accept"));
        complaints.unless(exchange.header("User-Agent") != null, "token: no User-Agent");
        if (!inQuery) {
            complaints.unless(exchange.query().isEmpty(), "token: parameters in the query");
        }
        Map<String, String> parameters =
                new LinkedHashMap<>(inQuery ? exchange.query() : body(exchange, method.tokenBody()));
        boolean proven = switch (method.tokenAuth()) {
            case BASIC -> (facts.client.id() + ":" + facts.client.secret()).equals(exchange.basicClient());
            case BODY -> {
                String secret = parameters.remove("client_secret");
                yield facts.client.id().equals(parameters.remove("client_id"))
                        && facts.client.secret().equals(secret);
            }
            case NONE -> facts.client.id().equals(parameters.remove("client_id"));
            case PRIVATE_KEY_JWT -> assertions.prove(parameters);
        };
        complaints.unless(proven, "token: the client did not prove itself by " + method.tokenAuth());
        complaints.unless(
                method.tokenAuth() == TokenAuth.BASIC || exchange.header("Authorization") == null,
                "token: an Authorization header that nobody wants");
        return proven ? parameters : null;
    }

    private Map<String, String> body(Exchange exchange, TokenBody body) {
        String type = exchange.header("Content-Type");
        complaints.same(
                "token Content-Type",
                body == TokenBody.JSON ? "application/json" : "application/x-www-form-urlencoded",
                type == null ? null : type.replaceFirst(";.*", ""));
        return body == TokenBody.JSON ? json(exchange.body()) : Forms.parse(exchange.body(), complaints);
    }

    private Map<String, String> json(String body) {
        Map<String, String> members = new LinkedHashMap<>();
        try {
            JsonNode tree = JSON.readTree(body);
            tree.properties()
                    .forEach(member ->
                            members.put(member.getKey(), member.getValue().asText()));
        } catch (JsonProcessingException notJson) {
            complaints.add("token: the body is not JSON");
        }
        return members;
    }

    private static String s256(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
