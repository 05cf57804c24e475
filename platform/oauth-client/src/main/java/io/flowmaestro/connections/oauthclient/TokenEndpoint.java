package io.flowmaestro.connections.oauthclient;

import io.flowmaestro.connections.egress.EgressClient;
import io.flowmaestro.connections.egress.EgressFailure;
import io.flowmaestro.connections.egress.EgressRefused;
import io.flowmaestro.connections.egress.EgressResponse;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A provider's token endpoint. One request per call: nothing here is retried, for a code or token may be spent. */
@ApplicationScoped
public class TokenEndpoint {

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final EgressClient http;
    private final TokenConfig config;
    private final Clock clock;
    private final @Nullable UUID user;

    @Inject
    TokenEndpoint(EgressClient http, TokenConfig config, Clock clock) {
        this(http, config, clock, null);
    }

    private TokenEndpoint(EgressClient http, TokenConfig config, Clock clock, @Nullable UUID user) {
        this.http = http;
        this.config = config;
        this.clock = clock;
        this.user = user;
    }

    /** The same, called for that user: the calls of one leave others their places at the provider's host. */
    public TokenEndpoint calledFor(UUID whom) {
        return new TokenEndpoint(http, config, clock, whom);
    }

    /** Redeems an authorization code (RFC 6749, 4.1.3). Never fails. */
    public Uni<TokenAnswer> exchange(
            OAuthSettings settings,
            ClientCredentials client,
            String code,
            String redirectUri,
            @Nullable Secret codeVerifier) {
        return send(TokenRequest.exchange(settings, code, redirectUri, codeVerifier), settings, client)
                .map(result -> read(result, settings, client));
    }

    /**
     * Redeems a refresh token (RFC 6749, 6). Never fails, and does not look into the reply.
     *
     * @param refreshToken what {@link OAuthTokens#renewalSecret} says
     * @param scope what the connection was granted, for providers that want it repeated
     */
    public Uni<TokenCallResult> refresh(
            OAuthSettings settings, ClientCredentials client, Secret refreshToken, List<String> scope) {
        return send(TokenRequest.refresh(settings, client, refreshToken, scope), settings, client);
    }

    /** Renews tokens that are {@link OAuthTokens#isRenewable renewable}. Never fails, and does not look into the reply. */
    public Uni<TokenCallResult> renew(OAuthSettings settings, ClientCredentials client, OAuthTokens tokens) {
        return settings.clientCredentials()
                ? send(TokenRequest.clientCredentials(settings, tokens.scope()), settings, client)
                : refresh(settings, client, Objects.requireNonNull(tokens.renewalSecret(settings)), tokens.scope());
    }

    /** Asks for a token of the client's own (RFC 6749, 4.4). Never fails; repeating it does no harm. */
    public Uni<TokenAnswer> clientCredentials(OAuthSettings settings, ClientCredentials client, List<String> scopes) {
        return send(TokenRequest.clientCredentials(settings, scopes), settings, client)
                .map(result -> read(result, settings, client));
    }

    /** Where later requests name the client, the connection keeps its id. */
    private static TokenAnswer read(TokenCallResult result, OAuthSettings settings, ClientCredentials client) {
        return switch (result.read(settings)) {
            case TokenAnswer.Granted granted
            when settings.kept().contains("client_id") ->
                new TokenAnswer.Granted(granted.grant().with("client_id", client.id()));
            case TokenAnswer other -> other;
        };
    }

    private Uni<TokenCallResult> send(TokenRequest request, OAuthSettings settings, ClientCredentials client) {
        List<String> open = UrlTemplate.names(request.url());
        if (!open.isEmpty()) {
            return Uni.createFrom()
                    .item(new TokenCallResult.NotSent(
                            "its address is not known without " + String.join(", ", open), RETRY, false));
        }
        return Uni.createFrom()
                .deferred(() -> http.send(TokenHttp.write(request, settings, client, clock.instant())
                        .withOwner(user)
                        .withTimeout(config.timeout())
                        .withMaxBody(config.maxAnswer())))
                .map(this::replied)
                .onFailure(EgressFailure.class)
                .recoverWithItem(TokenEndpoint::unanswered)
                .onFailure(EgressRefused.class)
                .recoverWithItem(refused -> new TokenCallResult.NotSent(
                        "its token URL is not allowed: " + Wording.of(refused), RETRY, false));
    }

    private TokenCallResult replied(EgressResponse response) {
        return new TokenCallResult.Replied(new TokenReply(
                response.status(),
                response.header("Retry-After").orElse(null),
                response.body().getBytes(),
                clock.instant()));
    }

    private static TokenCallResult unanswered(EgressFailure failure) {
        String reason = Wording.of(failure);
        return failure.requestSent()
                ? new TokenCallResult.NoAnswer(reason, RETRY)
                : new TokenCallResult.NotSent(reason, RETRY, failure.isFullOfOwnCalls());
    }
}
