package io.flowmaestro.connections.oauthclient;

import io.flowmaestro.connections.egress.EgressClient;
import io.flowmaestro.connections.egress.EgressFailure;
import io.flowmaestro.connections.egress.EgressRefused;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;

/** Takes tokens back, by RFC 7009 or in the provider's own way. Asking again does no harm. */
@ApplicationScoped
public class RevocationEndpoint {

    private static final Duration RETRY = Duration.ofSeconds(30);

    private final EgressClient http;
    private final TokenConfig config;
    private final Clock clock;

    RevocationEndpoint(EgressClient http, TokenConfig config, Clock clock) {
        this.http = http;
        this.config = config;
        this.clock = clock;
    }

    /** Revokes a connection's tokens. Never fails. */
    public Uni<RevocationOutcome> revoke(OAuthSettings settings, ClientCredentials client, OAuthTokens tokens) {
        var rules = settings.revocation();
        if (rules == null) {
            return Uni.createFrom().item(new RevocationOutcome.NotOffered());
        }
        return Uni.createFrom()
                .deferred(() -> http.send(new RevocationRequest(settings, rules, client, tokens)
                        .write(clock.instant())
                        .withTimeout(config.timeout())
                        .withMaxBody(config.maxAnswer())))
                .map(response -> RevocationAnswer.read(response, settings))
                .onFailure(EgressFailure.class)
                .recoverWithItem(failure -> new RevocationOutcome.Unavailable(Wording.of(failure), RETRY))
                .onFailure(EgressRefused.class)
                .recoverWithItem(_ -> new RevocationOutcome.Refused("url_not_allowed"))
                .onFailure(VariablesRefused.class)
                .recoverWithItem(_ -> new RevocationOutcome.NotOffered());
    }
}
