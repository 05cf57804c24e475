package io.flowmaestro.connections.oauthclient;

import io.flowmaestro.connections.egress.EgressRequest;
import io.flowmaestro.connections.oauthclient.OAuthSettings.TokenBody;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts a token request into HTTP the way the provider wants it. */
public final class TokenHttp {

    public static final String USER_AGENT = "FlowMaestro-Connections";

    private TokenHttp() {}

    static EgressRequest write(TokenRequest request, OAuthSettings settings, ClientCredentials client, Instant now) {
        var proof = ClientProof.of(settings, client, now);
        Map<String, String> parameters = new LinkedHashMap<>(request.parameters());
        parameters.putAll(proof.parameters());
        var http = request.method().equals("GET")
                ? EgressRequest.of(HttpMethod.GET, FormText.withQuery(request.url(), parameters))
                : post(request.url(), parameters, settings.tokenBody());
        for (var header : proof.headers().entrySet()) {
            http = http.withHeader(header.getKey(), header.getValue());
        }
        return http.withHeader("Accept", settings.tokenAccept()).withHeader("User-Agent", USER_AGENT);
    }

    static EgressRequest post(String url, Map<String, String> parameters, TokenBody body) {
        return switch (body) {
            case FORM ->
                EgressRequest.post(url, Buffer.buffer(FormText.form(parameters)))
                        .withHeader("Content-Type", "application/x-www-form-urlencoded");
            case JSON ->
                EgressRequest.post(url, FormText.json(parameters)).withHeader("Content-Type", "application/json");
        };
    }
}
