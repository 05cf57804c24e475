package io.flowmaestro.connections.oauth.token;

import io.flowmaestro.connections.egress.EgressRequest;
import io.flowmaestro.connections.oauth.provider.ClientCredentials;
import io.flowmaestro.connections.oauth.provider.OAuthSettings;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/** Puts a token request into HTTP the way the provider wants it. */
final class TokenHttp {

    private TokenHttp() {}

    static EgressRequest write(TokenRequest request, OAuthSettings settings, ClientCredentials client) {
        return switch (settings.clientAuthentication()) {
            case BASIC -> body(request, settings).withHeader("Authorization", basic(client));
            case BODY -> body(request.withClient(client, true), settings);
            case NONE -> body(request.withClient(client, false), settings);
        };
    }

    private static EgressRequest body(TokenRequest request, OAuthSettings settings) {
        var post = switch (settings.tokenBody()) {
            case FORM ->
                EgressRequest.post(request.url(), Buffer.buffer(form(request.parameters())))
                        .withHeader("Content-Type", "application/x-www-form-urlencoded");
            case JSON ->
                EgressRequest.post(request.url(), json(request.parameters()))
                        .withHeader("Content-Type", "application/json");
        };
        // Always sent: some providers answer form-encoded without it.
        return post.withHeader("Accept", "application/json").withHeader("User-Agent", "FlowMaestro-Connections");
    }

    static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static Buffer json(Map<String, String> parameters) {
        var object = new JsonObject();
        parameters.forEach(object::put);
        return object.toBuffer();
    }

    /** RFC 6749, 2.3.1: both halves are form-encoded before they are joined. */
    private static String basic(ClientCredentials client) {
        String pair = encoded(client.id()) + ":" + encoded(client.secret().reveal());
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
