package io.flowmaestro.connections.oauthclient;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flowmaestro.connections.egress.EgressClient;
import io.flowmaestro.connections.egress.EgressFailure;
import io.flowmaestro.connections.egress.EgressRefused;
import io.flowmaestro.connections.egress.EgressResponse;
import io.flowmaestro.connections.oauthclient.OAuthSettings.TokenBody;
import io.flowmaestro.connections.verification.FactPath;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** Prepares the URL at which the user says yes: pushed beforehand where the provider takes it (RFC 9126). */
@ApplicationScoped
public class AuthorizationEndpoint {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Pattern REQUEST_URI = Pattern.compile("[\\x21-\\x7e]{1,1024}");

    private final EgressClient http;
    private final TokenConfig config;
    private final Clock clock;

    AuthorizationEndpoint(EgressClient http, TokenConfig config, Clock clock) {
        this.http = http;
        this.config = config;
        this.clock = clock;
    }

    /** The URL. Never fails; a push that is lost is simply made anew. */
    public Uni<AuthorizationStart> start(
            OAuthSettings settings, ClientCredentials client, AuthorizationRequest request) {
        if (settings.parUrl() == null) {
            return Uni.createFrom().item(new AuthorizationStart.Ready(request.url(settings)));
        }
        return push(settings.parUrl(), settings, client, request)
                .onFailure(EgressFailure.class)
                .recoverWithItem(failure -> new AuthorizationStart.Unavailable(Wording.of(failure), RETRY))
                .onFailure(EgressRefused.class)
                .recoverWithItem(refused -> new AuthorizationStart.Unavailable(
                        "its address for pushed requests is not allowed: " + Wording.of(refused), RETRY));
    }

    private Uni<AuthorizationStart> push(
            String url, OAuthSettings settings, ClientCredentials client, AuthorizationRequest request) {
        return Uni.createFrom().deferred(() -> {
            var proof = ClientProof.of(settings, client, clock.instant());
            Map<String, String> parameters = new LinkedHashMap<>(request.parameters(settings));
            parameters.putAll(proof.parameters());
            var post = TokenHttp.post(url, parameters, TokenBody.FORM)
                    .withTimeout(config.accountTimeout())
                    .withMaxBody(config.maxAnswer())
                    .withHeader("Accept", "application/json")
                    .withHeader("User-Agent", TokenHttp.USER_AGENT);
            for (var header : proof.headers().entrySet()) {
                post = post.withHeader(header.getKey(), header.getValue());
            }
            return http.send(post).map(response -> read(response, settings, request));
        });
    }

    /** RFC 9126, 2.2: 201 with the reference; the user's URL then holds it and the client's id only. */
    private static AuthorizationStart read(
            EgressResponse response, OAuthSettings settings, AuthorizationRequest request) {
        int status = response.status();
        if (status == 429 || status >= 500) {
            return new AuthorizationStart.Unavailable(
                    "it answered a pushed request with status " + status,
                    RetryAfter.parse(response.header("Retry-After").orElse(null), RETRY));
        }
        JsonNode answer = parse(response);
        String reference = new FactPath("request_uri").text(answer);
        boolean success = status == 201 || status == 200;
        if (success && reference != null && REQUEST_URI.matcher(reference).matches()) {
            Map<String, String> parameters = new LinkedHashMap<>();
            parameters.put("client_id", request.clientId());
            parameters.put("request_uri", reference);
            return new AuthorizationStart.Ready(FormText.withQuery(settings.authorizeUrl(), parameters));
        }
        return new AuthorizationStart.Refused(Objects.requireNonNullElse(
                TokenErrors.code(answer, settings.tokenResponse(), false), "status_" + status));
    }

    private static JsonNode parse(EgressResponse response) {
        try {
            return Objects.requireNonNullElse(JSON.readTree(response.body().getBytes()), JSON.missingNode());
        } catch (IOException notJson) {
            return JSON.missingNode();
        }
    }
}
