package io.flowmaestro.connections.oauth.token;

import io.flowmaestro.connections.egress.EgressClient;
import io.flowmaestro.connections.egress.EgressFailure;
import io.flowmaestro.connections.egress.EgressRefused;
import io.flowmaestro.connections.egress.EgressResponse;
import io.flowmaestro.connections.oauth.provider.ClientCredentials;
import io.flowmaestro.connections.oauth.provider.OAuthSettings;
import io.flowmaestro.connections.oauth.secret.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A provider's token endpoint. One request per call: nothing here is retried, for a code or token may be spent. */
@ApplicationScoped
public class TokenEndpoint {

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final EgressClient http;
    private final TokenConfig config;
    private final Clock clock;

    TokenEndpoint(EgressClient http, TokenConfig config, Clock clock) {
        this.http = http;
        this.config = config;
        this.clock = clock;
    }

    /** Redeems an authorization code. */
    public Uni<TokenAnswer> exchange(
            OAuthSettings settings,
            ClientCredentials client,
            String code,
            String redirectUri,
            @Nullable Secret codeVerifier) {
        return send(TokenRequest.exchange(settings, code, redirectUri, codeVerifier), settings, client);
    }

    /** Redeems a refresh token. */
    public Uni<TokenAnswer> refresh(OAuthSettings settings, ClientCredentials client, Secret refreshToken) {
        return send(TokenRequest.refresh(settings, refreshToken), settings, client);
    }

    private Uni<TokenAnswer> send(TokenRequest request, OAuthSettings settings, ClientCredentials client) {
        var reader = new TokenAnswerReader(settings);
        return Uni.createFrom()
                .deferred(() -> http.send(TokenHttp.write(request, settings, client)
                        .withTimeout(config.timeout())
                        .withMaxBody(config.maxAnswer())))
                .map(response -> read(reader, response))
                .onFailure(EgressFailure.class)
                .recoverWithItem(TokenEndpoint::unanswered)
                .onFailure(EgressRefused.class)
                .recoverWithItem(refused -> new TokenAnswer.Unavailable(
                        "its token URL is not allowed: " + refused.getMessage(), RETRY, true));
    }

    private TokenAnswer read(TokenAnswerReader reader, EgressResponse response) {
        return reader.read(
                response.status(),
                response.header("Retry-After").orElse(null),
                response.body().getBytes(),
                clock.instant());
    }

    private static TokenAnswer unanswered(EgressFailure failure) {
        String reason = switch (failure.kind()) {
            case UNREACHABLE -> "the provider cannot be reached";
            case TIMEOUT -> "the provider did not answer in time";
            case TOO_LARGE -> "the provider's answer is too large";
            case PROTOCOL -> "the provider's answer is not valid HTTP";
            case TLS -> "no trusted TLS connection to the provider is possible";
        };
        return new TokenAnswer.Unavailable(reason, RETRY, !failure.requestSent());
    }
}
