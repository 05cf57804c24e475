package io.flowmaestro.connections.oauthclient;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.flowmaestro.connections.catalog.RevokeAuth;
import io.flowmaestro.connections.egress.EgressRequest;
import io.flowmaestro.connections.oauthclient.OAuthSettings.ClientAuthentication;
import io.flowmaestro.connections.oauthclient.OAuthSettings.TokenBody;
import io.flowmaestro.connections.verification.Application;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The request that takes tokens back, as the provider's facts describe it. */
final class RevocationRequest {

    private final OAuthSettings settings;
    private final RevocationRules rules;
    private final ClientCredentials client;
    private final OAuthTokens tokens;
    private final Map<String, String> values = new LinkedHashMap<>();

    RevocationRequest(OAuthSettings settings, RevocationRules rules, ClientCredentials client, OAuthTokens tokens) {
        this.settings = settings;
        this.rules = rules;
        this.client = client;
        this.tokens = tokens;
        tokens.fields().properties().forEach(field -> {
            if (field.getValue().isTextual()) {
                values.put(field.getKey(), field.getValue().textValue());
            }
        });
        values.putAll(settings.variables());
        values.put("client_id", client.id());
        values.put("client_secret", client.secret().reveal());
        values.put("access_token", tokens.accessToken().reveal());
        if (tokens.refreshToken() != null) {
            values.put("refresh_token", tokens.refreshToken().reveal());
        }
        values.put("refresh_or_access", either());
    }

    /**
     * Writes it.
     *
     * @throws VariablesRefused where the connection lacks what the request needs, so that there is nothing to revoke
     */
    EgressRequest write(Instant now) {
        String url = UrlTemplate.fill(rules.url(), values);
        if (!UrlTemplate.names(url).isEmpty()) {
            throw new VariablesRefused(Map.of(UrlTemplate.names(url).getFirst(), "is missing"));
        }
        var request = body(url, proof(now).parameters());
        for (var header : headers(now).entrySet()) {
            request = request.withHeader(header.getKey(), header.getValue());
        }
        return request.withHeader("Accept", "application/json").withHeader("User-Agent", TokenHttp.USER_AGENT);
    }

    private EgressRequest body(String url, Map<String, String> proof) {
        Map<String, String> inBody = new LinkedHashMap<>(values);
        // RFC 7009, 2.1 takes either kind, and ends both.
        inBody.putIfAbsent("refresh_token", tokens.accessToken().reveal());
        if (!rules.json().isEmpty()) {
            var members = TextTemplate.fill(rules.json(), inBody);
            members.putAll(proof);
            return as(TokenHttp.post(url, members, TokenBody.JSON));
        }
        String own = rules.body();
        if (!rules.standard() && (own == null || own.equals("none"))) {
            var bare = EgressRequest.of(HttpMethod.valueOf(rules.method()), url);
            return rules.method().equals("POST") ? bare.withBody(Buffer.buffer()) : bare;
        }
        var parameters = own == null ? rfc7009() : TextTemplate.form(own, inBody);
        parameters.putAll(proof);
        return as(TokenHttp.post(url, parameters, TokenBody.FORM));
    }

    private EgressRequest as(EgressRequest post) {
        return new EgressRequest(
                HttpMethod.valueOf(rules.method()),
                post.url(),
                post.headers(),
                post.body(),
                post.timeout(),
                post.idleTimeout(),
                post.maxBody(),
                post.owner());
    }

    private Map<String, String> rfc7009() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("token", either());
        parameters.put("token_type_hint", tokens.refreshToken() == null ? "access_token" : "refresh_token");
        return parameters;
    }

    private Map<String, String> headers(Instant now) {
        Map<String, String> headers = new LinkedHashMap<>(TextTemplate.fill(rules.headers(), values));
        headers.putAll(proof(now).headers());
        if (rules.auth() == RevokeAuth.BEARER) {
            headers.put("Authorization", "Bearer " + tokens.accessToken().reveal());
        } else if (rules.auth() == RevokeAuth.HEADER) {
            var data = JsonNodeFactory.instance.objectNode();
            values.forEach(data::put);
            headers.putAll(Application.of(settings.apply(), data).headers());
        } else if (rules.auth() == RevokeAuth.BASIC_SECRET_KEY) {
            headers.put("Authorization", ClientProof.basic(client.secret().reveal() + ":"));
        }
        return headers;
    }

    private ClientProof proof(Instant now) {
        var none = new ClientProof(Map.of(), Map.of());
        if (!clientProves()) {
            return none;
        }
        var authentication = switch (settings.clientAuthentication()) {
            case PRIVATE_KEY_JWT, NONE -> settings.clientAuthentication();
            case BASIC, BODY -> {
                if (rules.auth() == null) {
                    yield settings.clientAuthentication();
                }
                yield rules.auth() == RevokeAuth.BASIC ? ClientAuthentication.BASIC : ClientAuthentication.BODY;
            }
        };
        return ClientProof.of(authentication, settings.tokenUrl(), client, now);
    }

    private boolean clientProves() {
        return rules.standard() || rules.auth() == RevokeAuth.BASIC || rules.auth() == RevokeAuth.BODY;
    }

    private String either() {
        var token = tokens.refreshToken() == null ? tokens.accessToken() : tokens.refreshToken();
        return token.reveal();
    }
}
