package io.flowmaestro.connections.emulator;

import io.flowmaestro.connections.catalog.OAuth2Method;
import io.flowmaestro.connections.catalog.Pkce;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Where the user agrees; the emulated user agrees at once, unless the request is not as it should be. */
final class AuthorizePage {

    private final Facts facts;
    private final Grants grants;
    private final Complaints complaints;

    AuthorizePage(Facts facts, Grants grants, Complaints complaints) {
        this.facts = facts;
        this.grants = grants;
        this.complaints = complaints;
    }

    Reply open(Exchange exchange) {
        OAuth2Method method = facts.method;
        Map<String, String> query = new LinkedHashMap<>(exchange.query());
        int before = complaints.all().size();
        complaints.same("authorize method", "GET", exchange.method());
        query.forEach((name, value) -> complaints.unless(!value.isEmpty(), "authorize: empty parameter " + name));
        complaints.same(
                "authorize response_type",
                method.omitParams().contains("response_type") ? null : "code",
                query.remove("response_type"));
        complaints.same("authorize client_id", facts.client.id(), query.remove("client_id"));
        complaints.same("authorize redirect_uri", facts.client.redirectUri(), query.remove("redirect_uri"));
        String state = query.remove("state");
        complaints.unless(state != null && state.length() >= 22, "authorize: the state is guessable");
        String challenge = challenge(query);
        List<String> scopes = scopes(query, "scope");
        List<String> extra = method.extraScopeParam() == null ? List.of() : scopes(query, method.extraScopeParam());
        complaints.unless(
                scopes.containsAll(method.defaultScopes()), "authorize: default scopes are missing from " + scopes);
        complaints.exactly("authorize", method.authorizeParams(), query);
        if (complaints.all().size() > before || state == null) {
            return Reply.json(400, "{\"error\":\"invalid_request\"}");
        }
        String code = grants.code(new Grant(scopes, extra, challenge));
        return Reply.redirect(facts.client.redirectUri() + "?" + callback(code, state));
    }

    private @Nullable String challenge(Map<String, String> query) {
        Pkce pkce = facts.method.pkce();
        String challenge = query.remove("code_challenge");
        String how = query.remove("code_challenge_method");
        complaints.unless(pkce != Pkce.REJECTED || challenge == null, "authorize: a challenge breaks this flow");
        complaints.unless(
                (pkce != Pkce.REQUIRED && pkce != Pkce.SUPPORTED) || challenge != null, "authorize: no challenge");
        complaints.unless(challenge == null || "S256".equals(how), "authorize: the challenge is not S256");
        complaints.unless(challenge == null || challenge.matches("[A-Za-z0-9_-]{43}"), "authorize: not a challenge");
        // Whoever does not do PKCE passes over the parameters.
        return pkce == Pkce.UNSUPPORTED || pkce == Pkce.UNKNOWN ? null : challenge;
    }

    private List<String> scopes(Map<String, String> query, String parameter) {
        String asked = query.remove(parameter);
        if (facts.method.noScope() || facts.method.omitParams().contains(parameter)) {
            complaints.unless(asked == null, "authorize: there is no parameter " + parameter);
            return List.of();
        }
        List<String> scopes = asked == null
                ? List.of()
                : List.of(asked.split(java.util.regex.Pattern.quote(facts.method.scopeSeparator()), -1));
        complaints.unless(
                scopes.stream().noneMatch(scope -> scope.isEmpty() || scope.matches(".*[\\s,].*")),
                "authorize: scopes are not joined by '" + facts.method.scopeSeparator() + "': " + asked);
        return scopes;
    }

    private String callback(String code, String state) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("code", code);
        parameters.put("state", state);
        var method = facts.method;
        if (method.issuer() != null && method.authorizationResponseIssParameterSupported()) {
            parameters.put("iss", method.issuer());
        }
        method.callbackParams().stream()
                .filter(name -> !name.equals(method.callbackHmac()))
                .forEach(name -> parameters.put(name, told(name)));
        if (method.callbackHmac() != null) {
            parameters.put(method.callbackHmac(), hmac(parameters));
        }
        return parameters.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private String told(String name) {
        String template = facts.method.callbackEquals().get(name);
        if (template != null) {
            return facts.fill(template);
        }
        String value = facts.value(name);
        return value == null ? "some-" + name : value;
    }

    private String hmac(Map<String, String> parameters) {
        String message = parameters.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + pair.getValue())
                .collect(Collectors.joining("&"));
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(facts.client.secret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
